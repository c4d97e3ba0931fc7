import { applyTag } from '../model/group.js'
import type { HoldReason } from '../model/hold.js'
import type { Policy } from '../model/policy.js'
import { minuteMs } from '../model/units.js'
import type { ApplyFacts, ValueOf } from './apply-facts.js'

/** What is asked for: the new desired capacity, under this policy, at this time. */
export interface Wish {
  readonly desiredCapacity: number
  readonly policy: Policy
  readonly now: Date
}

/** One check: the detail of its hold, with value, limit and way out, or undefined when it lets the wish pass. */
export interface ApplyCheck<K extends keyof ApplyFacts> {
  readonly reason: HoldReason
  readonly against: (value: ValueOf<ApplyFacts[K]>, wish: Wish) => string | undefined
}

/** Processes without which added capacity would not come up, serve or be replaced. */
export const neededProcesses = ['Launch', 'HealthCheck', 'ReplaceUnhealthy', 'AddToLoadBalancer'] as const

/**
 * The ladder of DESIGN.md rule 1, top to bottom: one row for each fact, so that a new fact without a check does not
 * compile. Numbers are compared so that NaN holds.
 */
export const applyChecks = {
  mode: [
    {
      reason: 'mode-observe',
      against: (mode) => (mode === 'apply' ? undefined : `mode is ${mode}; set mode: apply to allow live scale-ups`),
    },
  ],
  deploymentEnabled: [
    {
      reason: 'not-enabled',
      against: (enabled, { policy }) =>
        enabled ? undefined : `set enableAutoScalingOptimization to true for ${policy.environment} in the deployment`,
    },
  ],
  killSwitch: [
    { reason: 'kill-switch', against: (on) => (on ? 'killSwitch is true; set it to false to go on' : undefined) },
  ],
  freeze: [
    {
      reason: 'freeze-window',
      against: (window) => window && `${window.why}: from ${window.from} until ${window.until}; it ends by itself`,
    },
  ],
  optInTag: [
    {
      reason: 'opt-in-tag-missing',
      against: (value) => {
        if (value === applyTag.value) return undefined
        const found = value === undefined ? 'the tag is missing' : `the tag is "${value}"`
        return `${found}; put ${applyTag.key}=${applyTag.value} on the group to allow live scale-ups`
      },
    },
  ],
  instances: [
    {
      reason: 'instances-unhealthy',
      against: ({ total, healthyInService }) =>
        total > 0 && healthyInService === total
          ? undefined
          : `${healthyInService} of ${total} instances are InService and Healthy; all must be before more are added`,
    },
  ],
  activityInProgress: [
    { reason: 'activity-in-progress', against: (what) => what && `${what}; looked at again once it has ended` },
  ],
  refreshInProgress: [
    { reason: 'refresh-in-progress', against: (what) => what && `${what}; looked at again once it has ended` },
  ],
  stackUpdateInProgress: [
    {
      reason: 'stack-update-in-progress',
      against: (running) =>
        running ? 'the stack that owns the group is being updated; looked at again after' : undefined,
    },
  ],
  suspendedProcesses: [
    {
      reason: 'process-suspended',
      against: (suspended) => {
        const missing = neededProcesses.filter((process) => suspended.includes(process))
        return missing.length === 0 ? undefined : `suspended: ${missing.join(', ')}; resume to allow live scale-ups`
      },
    },
  ],
  lastActionAt: [
    {
      reason: 'cooldown',
      against: (lastAt, { policy, now }) => {
        if (lastAt === undefined) return undefined
        const { cooldownMinutes } = policy.scaleUp
        const passed = (now.getTime() - Date.parse(lastAt)) / minuteMs
        if (passed >= cooldownMinutes) return undefined
        return `the last action was at ${lastAt}, and cooldownMinutes is ${cooldownMinutes}; looked at again after`
      },
    },
  ],
  groupCooldownEndsAt: [
    {
      reason: 'group-cooldown',
      against: (endsAt, { now }) =>
        endsAt === undefined || now.getTime() >= Date.parse(endsAt)
          ? undefined
          : `the group cools down until ${endsAt}; looked at again after`,
    },
  ],
  capacity: [
    {
      reason: 'not-an-increase',
      against: ({ desired }, wish) =>
        wish.desiredCapacity > desired && Number.isInteger(wish.desiredCapacity)
          ? undefined
          : `desired capacity is ${desired} already and ${wish.desiredCapacity} was advised; there is nothing to add`,
    },
    {
      reason: 'above-max',
      against: ({ max }, wish) =>
        wish.desiredCapacity <= max
          ? undefined
          : `${wish.desiredCapacity} is above MaxSize ${max}; raising the maximum needs a reviewed change`,
    },
    {
      reason: 'step-too-large',
      against: ({ desired, inService }, wish) => {
        const { maxStepPercent } = wish.policy.scaleUp
        const limit = Math.max(1, Math.floor((inService * maxStepPercent) / 100))
        const step = wish.desiredCapacity - desired
        if (step <= limit) return undefined
        return `a step of ${step} on ${inService} in service, the limit is ${limit} (maxStepPercent ${maxStepPercent}); the next analysis plans a smaller one`
      },
    },
  ],
  need: [
    {
      reason: 'no-longer-needed',
      against: (need, wish) => {
        if (need !== undefined && need >= wish.desiredCapacity) return undefined
        const now = need === undefined ? 'the group is not degraded now' : `the newest look asks for ${need}`
        return `${wish.desiredCapacity} was advised, but ${now}; the next analysis plans anew`
      },
    },
  ],
  hourlyCost: [
    {
      reason: 'hourly-cost-limit',
      against: ({ environmentUsd, counted, instanceUsd }, { desiredCapacity, policy }) => {
        const projected = environmentUsd + (desiredCapacity - counted) * instanceUsd
        if (instanceUsd >= 0 && projected <= policy.cost.maxHourlyCost) return undefined
        const limit = `maxHourlyCost ${policy.cost.maxHourlyCost}`
        return `${policy.environment} would cost $${projected.toFixed(2)} an hour, over ${limit}; raise it to allow this`
      },
    },
  ],
  actionsToday: [
    {
      reason: 'action-budget-spent',
      against: (actions, { policy }) =>
        actions < policy.scaleUp.actionsPerDay
          ? undefined
          : `${actions} of ${policy.scaleUp.actionsPerDay} actions were taken today (actionsPerDay); it begins anew at 00:00 UTC`,
    },
  ],
  leaseHeld: [
    {
      reason: 'change-in-flight',
      against: (held) => (held ? undefined : 'another run works on this group; it goes on, or its lease runs out'),
    },
  ],
} as const satisfies { readonly [K in keyof ApplyFacts]: readonly ApplyCheck<K>[] }

/** The facts in the order in which the ladder asks for them. */
export const applyOrder = Object.keys(applyChecks) as readonly (keyof ApplyFacts)[]
