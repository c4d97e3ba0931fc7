import { setTimeout as wait } from 'node:timers/promises'
import { TrimtabError } from '../../core/model/errors.js'
import type { Clock } from '../../ports.js'

/** The machine's own clock. */
export function createWallClock(): Clock {
  return {
    now: () => new Date(),
    sleep: async (ms) => {
      await wait(ms)
    },
  }
}

/** How long apart the two looks are that tell a running clock from a standing one. */
const LOOK_APART_MS = 20

/**
 * The virtual clock of a served world: GET gives `{now}`, POST `{advanceMs}` moves the world on and gives the new time.
 * A world in real time runs on between two answers, one that is only moved by request stands still; two looks tell which.
 * Throws `unreachable` or `unsupported` where the endpoint does not answer so.
 */
export async function openVirtualClock(url: string): Promise<Clock> {
  const first = await ask(url)
  await wait(LOOK_APART_MS)
  let latest = await ask(url)
  let askedAtMs = performance.now()
  const runs = latest > first
  return {
    now: () => new Date(runs ? latest + Math.floor(performance.now() - askedAtMs) : latest),
    sleep: async (ms) => {
      latest = await ask(url, { method: 'POST', body: JSON.stringify({ advanceMs: ms }) })
      askedAtMs = performance.now()
    },
  }
}

async function ask(url: string, init: RequestInit = {}): Promise<number> {
  const answer = await fetch(url, { ...init, headers: { 'content-type': 'application/json' } }).catch(
    (cause: unknown) => {
      throw new TrimtabError('unreachable', `Could not reach the clock at ${url}: check TRIMTAB_CLOCK_URL.`, { cause })
    },
  )
  const body: unknown = answer.ok ? await answer.json().catch(() => undefined) : undefined
  const now = typeof body === 'object' && body !== null && 'now' in body ? body.now : undefined
  const time = typeof now === 'string' ? Date.parse(now) : Number.NaN
  if (Number.isFinite(time)) return time
  throw new TrimtabError('unsupported', `The clock at ${url} gave no time: expected {"now": "2026-11-23T10:00:00Z"}.`)
}
