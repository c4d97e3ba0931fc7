import type { HeldLease } from '../lease.js'
import type { Underway } from './application-row.js'

/** A live change that has begun, and the lease under which it is watched. */
export interface Begun {
  readonly underway: Underway
  readonly release: () => Promise<void>
}

/** What `begin` began, with the lease still held; where it began nothing or failed, the lease is given back. */
export async function heldWhileBegun(
  { release }: HeldLease,
  begin: () => Promise<Underway | undefined>,
): Promise<Begun | undefined> {
  let underway: Underway | undefined
  try {
    underway = await begin()
  } finally {
    if (!underway) await release()
  }
  return underway && { underway, release }
}
