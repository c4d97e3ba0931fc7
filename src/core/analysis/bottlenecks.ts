import type { InstanceType } from '../model/instance-type.js'
import type { Policy } from '../model/policy.js'
import type { Bottleneck } from '../model/scorecard.js'
import type { Signals } from '../model/signals.js'
import { lasts, strainedAt } from './strain.js'

const order = [
  'cpu',
  'memory',
  'network',
  'responseTime',
  'capacity',
  'cpuCredits',
] as const satisfies readonly Bottleneck[]

/**
 * The resources whose strain lasts (see `strainedAt` and `lasts`), in a fixed order. Network and CPU credits need the
 * instance type: without it they are never named, and the scorecard's notes say so.
 */
export function bottlenecksOf(signals: Signals, policy: Policy, type: InstanceType | undefined): readonly Bottleneck[] {
  const strained = strainedAt(signals, policy, type)
  return order.filter((name) => lasts(signals, policy, strained[name]))
}
