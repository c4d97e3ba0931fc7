import { TrimtabError } from '../../core/model/errors.js'
import { minuteMs } from '../../core/model/units.js'
import type { Lease } from '../../ports.js'
import type { Deps } from '../deps.js'

/** Proof, asked for before each write, that this run still holds what it leased. */
export interface Guard {
  /** Renews the lease; throws `conflict` when another run has taken it over. */
  readonly check: () => Promise<void>
  /** Called right before a live write, without a call in between: a run that was frozen past its lease stops here. */
  readonly assertHeld: () => void
}

const patienceMs = 30_000

/** A lease that this run holds until it releases it. */
export interface HeldLease {
  readonly guard: Guard
  readonly release: () => Promise<void>
}

/**
 * Takes the lease of a name. A run that died leaves its lease behind: this waits for its end at most once, and gives up
 * (undefined) where the holder is alive and renews it.
 */
export async function takeLease(
  deps: Pick<Deps, 'leases' | 'clock' | 'owner'>,
  name: string,
  leaseMinutes: number,
): Promise<HeldLease | undefined> {
  const ttlMs = leaseMinutes * minuteMs
  const acquired = await waitForLease(deps, name, ttlMs)
  if (!acquired) return undefined
  let lease = acquired
  const lost = () => new TrimtabError('conflict', `holding ${name}: another run has taken over; it goes on`)
  const guard: Guard = {
    check: async () => {
      const renewed = await deps.leases.renew(lease, ttlMs)
      if (!renewed) throw lost()
      lease = renewed
    },
    assertHeld: () => {
      if (deps.clock.now().toISOString() >= lease.expiresAt) throw lost()
    },
  }
  return { guard, release: () => deps.leases.release(lease) }
}

/** Runs `work` while holding the lease, which is released whatever happens; undefined where it could not be taken. */
export async function withLease<T>(
  deps: Pick<Deps, 'leases' | 'clock' | 'owner'>,
  name: string,
  leaseMinutes: number,
  work: (guard: Guard) => Promise<T>,
): Promise<T | undefined> {
  const held = await takeLease(deps, name, leaseMinutes)
  if (!held) return undefined
  try {
    return await work(held.guard)
  } finally {
    await held.release()
  }
}

async function waitForLease(
  deps: Pick<Deps, 'leases' | 'clock' | 'owner'>,
  name: string,
  ttlMs: number,
): Promise<Lease | undefined> {
  for (let waitedMs = 0; ; waitedMs += patienceMs) {
    const lease = await deps.leases.acquire(name, deps.owner, ttlMs)
    if (lease || waitedMs > ttlMs) return lease
    await deps.clock.sleep(patienceMs)
  }
}

/** The lease under which one group's live change is made and watched. */
export function groupLease(groupKey: string): string {
  return `group#${groupKey}`
}

/** The lease under which capacity is added to any group of an environment: its hourly cost has one limit. */
export function environmentLease(environment: string): string {
  return `capacity#${environment}`
}
