import { addedUsage, type Usage } from '../../../core/model/usage.js'
import type { UsageRecord } from '../../../ports/usage.js'

/** Sums in memory. */
export function createLocalUsageRecord(): UsageRecord {
  const days = new Map<string, Usage>()
  return {
    async add(day, usage) {
      days.set(day, addedUsage(days.get(day) ?? {}, usage))
    },
    async read(day) {
      return days.get(day)
    },
  }
}
