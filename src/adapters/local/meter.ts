import { addedUsage, type Usage } from '../../core/model/usage.js'
import type { Meter } from '../../ports/usage.js'

/** Counts in this process's memory. */
export function createMeter(): Meter {
  let counted: Usage = {}
  return {
    count: (name, amount = 1) => {
      counted = addedUsage(counted, { [name]: amount })
    },
    take: () => {
      const taken = counted
      counted = {}
      return taken
    },
  }
}
