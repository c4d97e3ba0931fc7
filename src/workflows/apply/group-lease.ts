import { TrimtabError } from '../../core/model/errors.js'
import type { GroupKey } from '../../core/model/group.js'
import { minuteMs } from '../../core/model/units.js'
import type { Lease } from '../../ports.js'
import type { Deps } from '../deps.js'

/** Proof, asked for before each write, that this run still holds the group. */
export interface Guard {
  /** Renews the lease; throws `conflict` when another run has taken the group over. */
  readonly check: () => Promise<void>
}

const patienceMs = 30_000

/**
 * Runs `work` while holding the lease of a group. A run that died leaves its lease behind: this waits for its end at
 * most once, and gives up (undefined) where the holder is alive and renews it.
 */
export async function withGroupLease<T>(
  deps: Pick<Deps, 'leases' | 'clock' | 'owner'>,
  groupKey: GroupKey,
  leaseMinutes: number,
  work: (guard: Guard) => Promise<T>,
): Promise<T | undefined> {
  const ttlMs = leaseMinutes * minuteMs
  let lease = await waitForLease(deps, `group#${groupKey}`, ttlMs)
  if (!lease) return undefined
  const guard = {
    check: async () => {
      const renewed = lease && (await deps.leases.renew(lease, ttlMs))
      if (!renewed) throw new TrimtabError('conflict', `holding ${groupKey}: another run has taken over; it goes on`)
      lease = renewed
    },
  }
  try {
    return await work(guard)
  } finally {
    await deps.leases.release(lease)
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
