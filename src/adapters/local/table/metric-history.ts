import type { KeptDay, MetricHistory } from '../../../ports/metric-history.js'
import type { Clock } from '../../../ports.js'

/** Days kept at once, about 8 KB each: 500 groups' two weeks. The one that was written longest ago goes first. */
const mostKept = 7_500

/** Series kept in memory, for a process that runs more than once without a table. */
export function createLocalMetricHistory(clock: Clock): MetricHistory {
  const kept = new Map<string, KeptDay>()
  const keyOf = ({ groupKey, day }: Pick<KeptDay, 'groupKey' | 'day'>) => `${groupKey}#${day}`
  return {
    async read(days) {
      const found = days.flatMap((day) => kept.get(keyOf(day)) ?? [])
      return found.filter(({ expiresAt }) => expiresAt > clock.now())
    },
    async write(days) {
      for (const next of days) {
        const key = keyOf(next)
        kept.delete(key)
        kept.set(key, next)
        const [oldest] = kept.keys()
        if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest)
      }
    },
  }
}
