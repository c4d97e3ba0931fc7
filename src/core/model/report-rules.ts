import type { GroupReport } from './group-report.js'
import { dayMs, hourMs } from './units.js'

/** How long a report is kept: a group that nobody analysed since is not under management any more. */
export const reportKeptMs = 2 * dayMs

/** Whether a report is new enough to act on: not more than one analysis was missed since. */
export function isCurrent({ at, policy }: Pick<GroupReport, 'at' | 'policy'>, now: Date): boolean {
  return now.getTime() - Date.parse(at) <= (2 * policy.analysisIntervalHours + 1) * hourMs
}
