import { ownCostOf } from '../../core/cost/own-bill.js'
import { dayMs } from '../../core/model/units.js'
import type { OwnCost } from '../../core/model/usage.js'
import type { Deps } from '../deps.js'

const mostDays = 7

/**
 * What Trimtab itself costs a month at the rate of the last whole days, at most seven. The first day of a deployment is
 * not a whole one: it counts only when it is more than a week ago. Undefined where no whole day was counted.
 */
export async function readOwnCost({ clock, usage }: Pick<Deps, 'clock' | 'usage'>): Promise<OwnCost | undefined> {
  const now = clock.now().getTime()
  const days = Array.from({ length: mostDays + 1 }, (_, back) => dayBefore(now, back + 1))
  const found = await Promise.all(days.map((day) => usage.read(day)))
  const counted = found.flatMap((one) => (one ? [one] : []))
  return ownCostOf(counted.slice(0, Math.min(mostDays, counted.length - 1)))
}

function dayBefore(now: number, days: number): string {
  return new Date(now - days * dayMs).toISOString().slice(0, 10)
}
