import type { Lease } from '../ports.js'
import type { Deps } from './deps.js'

export interface LeaseRequest {
  readonly name: string
  readonly ttlMs: number
}

/** Renews the lease; false when another run has taken it over: then nothing more may be written under it. */
export type StillHeld = () => Promise<boolean>

const lookEveryMs = 20_000

/**
 * Runs `work` under a lease, which is released whatever happens. A run that died leaves its lease behind: its end is
 * waited for once. Undefined where the holder is alive and renews it.
 */
export async function withLease<T>(
  deps: Pick<Deps, 'leases' | 'clock' | 'owner'>,
  request: LeaseRequest,
  work: (stillHeld: StillHeld) => Promise<T>,
): Promise<T | undefined> {
  const acquired = await waitFor(deps, request)
  if (!acquired) return undefined
  let lease: Lease = acquired
  const stillHeld = async () => {
    const renewed = await deps.leases.renew(lease, request.ttlMs)
    if (renewed) lease = renewed
    return renewed !== undefined
  }
  try {
    return await work(stillHeld)
  } finally {
    await deps.leases.release(lease)
  }
}

async function waitFor(
  { leases, clock, owner }: Pick<Deps, 'leases' | 'clock' | 'owner'>,
  { name, ttlMs }: LeaseRequest,
): Promise<Lease | undefined> {
  for (let waitedMs = 0; ; waitedMs += lookEveryMs) {
    const lease = await leases.acquire(name, owner, ttlMs)
    if (lease || waitedMs > ttlMs) return lease
    await clock.sleep(lookEveryMs)
  }
}

/** One run at a time writes into a repository: limits, ranking and its issues belong to it. */
export function repositoryLease(repository: string): LeaseRequest {
  return { name: `repository#${repository}`, ttlMs: 2 * 60_000 }
}
