import type { Decision } from '../model/decision.js'
import type { Fact } from '../model/fact.js'
import { type Hold, type HoldReason, hold } from '../model/hold.js'
import type { FreezeWindow, Mode, Policy } from '../model/policy.js'
import type { Recommendation } from '../model/recommendation.js'
import type { ValueOf } from './apply-facts.js'
import { changeHold } from './change-hold.js'

/** What decides whether advice becomes a pull request now. */
export interface ProposeFacts {
  readonly mode: Fact<Mode>
  readonly killSwitch: Fact<boolean>
  readonly freeze: Fact<FreezeWindow | undefined>
  /** Whether exactly one connected repository holds the group's code; the text says why not. */
  readonly codeMissing: Fact<string | undefined>
  /** Another change of this group that was acted on and has not ended, by id. */
  readonly otherChangeInFlight: Fact<string | undefined>
  /** The same kind of change on the staging twin that is still to prove itself. */
  readonly unprovedInStaging: Fact<{ readonly id: string; readonly state: string } | undefined>
  /** Other changes that replace instances, under way in the same environment, by id. */
  readonly replacementsUnderWay: Fact<readonly string[]>
  /** Of the code's repository; what is proposed already is not counted against itself, a claim as what it may become. */
  readonly openPullRequests: Fact<number>
  readonly openedToday: Fact<number>
}

export interface ProposeInput {
  readonly recommendation: Recommendation
  readonly policy: Policy
  readonly now: Date
  readonly facts: ProposeFacts
}

interface ProposeCheck<K extends keyof ProposeFacts> {
  readonly reason: HoldReason
  readonly against: (value: ValueOf<ProposeFacts[K]>, input: ProposeInput) => string | undefined
}

/** The ladder, top to bottom; one row for each fact. */
export const proposeChecks = {
  mode: {
    reason: 'mode-observe',
    against: (mode) => (mode === 'observe' ? 'set mode: propose to get pull requests' : undefined),
  },
  killSwitch: {
    reason: 'kill-switch',
    against: (on) => (on ? 'killSwitch is true; set it to false to go on' : undefined),
  },
  freeze: {
    reason: 'freeze-window',
    against: (window) => window && `${window.why}: from ${window.from} until ${window.until}; it ends by itself`,
  },
  codeMissing: { reason: 'code-unknown', against: (why) => why },
  otherChangeInFlight: {
    reason: 'change-in-flight',
    against: (id) => id && `${id} of the same group is under way; one change at a time shows what each one did`,
  },
  unprovedInStaging: {
    reason: 'staging-first',
    against: (twin, { recommendation }) => {
      if (!twin || isOut(recommendation)) return undefined
      return `${twin.id} is ${twin.state} there; production follows when it is verified, or ended`
    },
  },
  replacementsUnderWay: {
    reason: 'one-wave',
    against: (ids, { policy, recommendation }) => {
      const { replacementsAtOnce } = policy.pullRequests
      if (isOut(recommendation) || ids.length === 0 || ids.length < replacementsAtOnce) return undefined
      return `${ids.join(', ')}: under way until verified; replacementsAtOnce is ${replacementsAtOnce}`
    },
  },
  openPullRequests: {
    reason: 'open-limit',
    against: (open, { policy, recommendation }) => {
      const { openLimit } = policy.pullRequests
      if (isOut(recommendation) || open < openLimit) return undefined
      return `${open} are open, openLimit is ${openLimit}; merge or close one to make room`
    },
  },
  openedToday: {
    reason: 'daily-limit',
    against: (opened, { policy, recommendation }) => {
      const { newPerDay } = policy.pullRequests
      if (isOut(recommendation) || opened < newPerDay) return undefined
      return `${opened} were opened today, newPerDay is ${newPerDay}; the next come tomorrow, best first`
    },
  },
} as const satisfies { readonly [K in keyof ProposeFacts]: ProposeCheck<K> }

/** The facts in the order in which the ladder asks for them. */
export const proposeOrder = Object.keys(proposeChecks) as readonly (keyof ProposeFacts)[]

/** Propose, or the first hold: the kind of advice, its switch, the change's own life, then the facts. */
export function decidePropose(input: ProposeInput): Decision {
  const { recommendation, now, facts } = input
  const early = kindHold(recommendation) ?? switchHold(input) ?? changeHold(recommendation, now)
  if (early) return early
  for (const name of proposeOrder) {
    const held = checkProposeFact(name, facts, input)
    if (held) return held
  }
  return { kind: 'propose', reason: isOut(recommendation) ? 'proposed already; kept up to date' : 'every check passed' }
}

/** Whether advice of this kind is only ever reported: nothing of it can be written into code. */
export function isReportOnly(recommendation: Recommendation): boolean {
  return recommendation.property === 'observability' || Object.keys(recommendation.to).length === 0
}

/** Advice that no code can hold. */
export function kindHold(recommendation: Recommendation): Hold | undefined {
  if (!isReportOnly(recommendation)) return undefined
  return hold('report-only', `${recommendation.description}; the steps are in the report`)
}

const switches = {
  SCALE_UP: 'enableAutoScalingOptimization',
  SCALE_DOWN: 'enableCostOptimization',
  INSTANCE_TYPE_CHANGE: 'enableCostOptimization',
  COST_OPTIMIZATION: 'enableCostOptimization',
  PERFORMANCE_TUNING: 'enablePerformanceMonitoring',
} as const satisfies Readonly<Record<Recommendation['type'], keyof Policy>>

/** The switch of the kind of advice. */
export function switchHold({ recommendation, policy }: ProposeInput): Hold | undefined {
  const name = switches[recommendation.type]
  if (policy[name] === true) return undefined
  return hold('switched-off', `${name} is false for ${policy.environment}; set it to true to get this advice`)
}

/** Whether its pull request or issue is out already: updating it opens nothing new. */
function isOut({ change }: Recommendation): boolean {
  return change.pullRequest !== undefined || change.issue !== undefined
}

/** What one fact of the ladder says against proposing; undefined where it lets it pass. */
export function checkProposeFact<K extends keyof ProposeFacts>(
  name: K,
  facts: ProposeFacts,
  input: ProposeInput,
): Hold | undefined {
  const fact = facts[name]
  if (fact.kind === 'unknown') return hold('fact-unknown', `${name}: ${fact.why}`)
  const check = proposeChecks[name] as unknown as ProposeCheck<K>
  const detail = check.against(fact.value as ValueOf<ProposeFacts[K]>, input)
  return detail === undefined ? undefined : hold(check.reason, detail)
}
