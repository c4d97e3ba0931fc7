import { TrimtabError } from '../core/model/errors.js'
import { minuteMs } from '../core/model/units.js'
import type { Lease } from '../ports.js'
import type { Deps } from './deps.js'

export interface LeaseRequest {
  readonly name: string
  readonly ttlMs: number
  /** What it is taken for, where one run may take it for several things: each is another owner. */
  readonly purpose?: string
}

/** Proof, asked for before each write, that this run still holds what it leased. */
export interface Guard {
  /** Renews the lease; throws `conflict` when another run has taken it over. */
  readonly check: () => Promise<void>
  /** Called right before a write, without a call in between: a run that was frozen past its lease stops here. */
  readonly assertHeld: () => void
}

/** A lease that this run holds until it releases it. */
export interface HeldLease {
  readonly guard: Guard
  readonly release: () => Promise<void>
}

type LeaseDeps = Pick<Deps, 'leases' | 'clock' | 'owner'>

const lookEveryMs = 20_000

/**
 * Takes a lease. A run that died leaves its lease behind: this waits for its end at most once, and gives up (undefined)
 * where the holder is alive and renews it.
 */
export async function takeLease(deps: LeaseDeps, request: LeaseRequest): Promise<HeldLease | undefined> {
  const { name, ttlMs } = request
  const acquired = await waitFor(deps, request)
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
  deps: LeaseDeps,
  request: LeaseRequest,
  work: (guard: Guard) => Promise<T>,
): Promise<T | undefined> {
  const held = await takeLease(deps, request)
  if (!held) return undefined
  try {
    return await work(held.guard)
  } finally {
    await held.release()
  }
}

/** The guard of work that needs two leases at once. */
export function bothHeld(one: Guard, other: Guard): Guard {
  return {
    check: async () => {
      await one.check()
      await other.check()
    },
    assertHeld: () => {
      one.assertHeld()
      other.assertHeld()
    },
  }
}

/** The guard of a dry run, which nobody else can be at. */
export const nobodyElse: Guard = { check: async () => {}, assertHeld: () => {} }

async function waitFor({ leases, clock, owner }: LeaseDeps, { name, ttlMs, purpose }: LeaseRequest) {
  const taker = purpose === undefined ? owner : `${owner}#${purpose}`
  for (let waitedMs = 0; ; waitedMs += lookEveryMs) {
    const lease: Lease | undefined = await leases.acquire(name, taker, ttlMs)
    if (lease || waitedMs > ttlMs) return lease
    await clock.sleep(lookEveryMs)
  }
}

/** One run at a time writes into a repository: limits, ranking and its issues belong to it. */
export function repositoryLease(repository: string): LeaseRequest {
  return { name: `repository#${repository}`, ttlMs: 2 * minuteMs }
}

/** The lease under which one group's live change is made and watched. */
export function groupLease(groupKey: string, changeId: string, leaseMinutes: number): LeaseRequest {
  return { name: `group#${groupKey}`, ttlMs: leaseMinutes * minuteMs, purpose: changeId }
}

/** The lease under which capacity is added to any group of an environment: its hourly cost has one limit. */
export function environmentLease(environment: string, changeId: string, leaseMinutes: number): LeaseRequest {
  return { name: `capacity#${environment}`, ttlMs: leaseMinutes * minuteMs, purpose: changeId }
}
