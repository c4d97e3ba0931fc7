import type { FreezeWindow, Policy } from '../model/policy.js'

/** The freeze window that is open now. */
export function openFreeze({ freezes }: Policy, now: Date): FreezeWindow | undefined {
  return freezes.find(({ from, until }) => Date.parse(from) <= now.getTime() && now.getTime() < Date.parse(until))
}
