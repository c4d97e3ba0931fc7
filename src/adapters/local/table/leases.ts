import type { Clock, Lease, Leases } from '../../../ports.js'

/** Leases in memory, with the same rules as the table's. */
export function createLocalLeases(clock: Clock): Leases {
  const held = new Map<string, Lease>()

  function grant(name: string, owner: string, ttlMs: number): Lease {
    const lease = { name, owner, expiresAt: new Date(clock.now().getTime() + ttlMs).toISOString() }
    held.set(name, lease)
    return lease
  }

  function liveLease(name: string): Lease | undefined {
    const lease = held.get(name)
    return lease && lease.expiresAt > clock.now().toISOString() ? lease : undefined
  }

  return {
    async acquire(name, owner, ttlMs) {
      const lease = liveLease(name)
      return lease && lease.owner !== owner ? undefined : grant(name, owner, ttlMs)
    },
    async renew(lease, ttlMs) {
      return liveLease(lease.name)?.owner === lease.owner ? grant(lease.name, lease.owner, ttlMs) : undefined
    },
    async release(lease) {
      if (held.get(lease.name)?.owner === lease.owner) held.delete(lease.name)
    },
  }
}
