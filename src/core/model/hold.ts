/**
 * Every reason for which Trimtab does nothing, with the sentence a reader sees. `{}` parts are filled by the detail.
 * Planning holds say why there is no advice; decision holds say why advice is not acted on (now).
 */
export const holdReasons = {
  // planning: no advice
  'no-cpu-data': 'no advice: there is no CPU data in the window',
  'short-history': 'no advice: fewer full days of data than advice needs',
  'low-coverage': 'no advice: too many steps of the window have no data',
  'fact-unknown': 'held: something that decides safety could not be read',
  'memory-unknown': 'no advice: memory is unknown',
  'memory-bound': 'no advice: memory leaves no room',
  'no-price': 'no advice: the price is unknown, and a saving without a price is a guess',
  'not-reproduced': 'no advice: a replay of the present setting does not reproduce what was recorded',
  'unknown-type': 'no advice: the instance type is not in the catalogue',
  'unsupported-group': 'no advice: groups of this kind are not planned yet',
  'well-sized': 'nothing to change: no cheaper configuration passed the replay by enough',
  'busy-enough': 'nothing to change: use is at or above the utilisation threshold',
  'saving-too-small': 'no advice: the saving is below the limits',
  'disruption-outweighs': 'no advice: the saving does not outweigh the disruption',
  'not-safe': 'no advice: no cheaper configuration passed the replay of the recorded demand',
  'at-capacity-limit': 'held: demand wants more than the limits allow',
  'empty-group': 'nothing to do: the group runs no instances',
  'switched-off': 'no advice: this kind of advice is switched off for the environment',
  // decision: advice is not acted on
  'mode-observe': 'recorded only: the environment is in mode observe',
  'not-enabled': 'held: enableAutoScalingOptimization is off in the deployment',
  'opt-in-tag-missing': 'held: the group does not carry the tag trimtab:apply=true',
  'kill-switch': 'held: the kill switch is on',
  'freeze-window': 'held: a freeze window is open',
  'instances-unhealthy': 'held: not every instance is InService and Healthy',
  'activity-in-progress': 'held: a scaling activity is in progress',
  'refresh-in-progress': 'held: an instance refresh is in progress',
  'stack-update-in-progress': 'held: a stack update is in progress',
  'process-suspended': 'held: the group has suspended a process that scaling needs',
  cooldown: 'held: our own cooldown is not over',
  'group-cooldown': 'held: the cooldown of the group is not over',
  'step-too-large': 'held: the step is larger than the limit',
  'above-max': 'held: the new capacity would be above the maximum of the group',
  'not-an-increase': 'held: only adding capacity may happen without review',
  'hourly-cost-limit': 'held: the hourly cost of the environment would pass maxHourlyCost',
  'action-budget-spent': 'held: the daily budget of actions is spent',
  'no-longer-needed': 'held: the fresh read no longer shows the need',
  'code-unknown': 'held: no repository holds the code of this group',
  declined: 'held: declined by a person',
  snoozed: 'held: snoozed by a person',
  'open-limit': 'held: the limit of open pull requests is reached',
  'daily-limit': 'held: the limit of new pull requests a day is reached',
  'staging-first': 'held: the same change has yet to prove itself in staging',
  'one-wave': 'held: another change that replaces instances is being rolled out',
  'change-in-flight': 'held: another change of this group is in flight',
  'edit-refused': 'refused: the code cannot be edited safely; an issue says what to change by hand',
  'report-only': 'reported only: this kind of advice is never applied or proposed as code',
  'failed-recently': 'held: the last live try failed; the next one waits for a week',
  superseded: 'held: newer advice replaced it',
} as const satisfies Readonly<Record<string, string>>

export type HoldReason = keyof typeof holdReasons

/** A hold, with what a reader needs to get out of it. */
export interface Hold {
  readonly kind: 'hold'
  readonly reason: HoldReason
  /** Numbers and names that make the sentence concrete, and the way out. Plain text; may quote outside text. */
  readonly detail: string
}

export function hold(reason: HoldReason, detail: string): Hold {
  return { kind: 'hold', reason, detail }
}
