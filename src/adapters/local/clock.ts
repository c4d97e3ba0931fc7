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

/** What a clock endpoint answers: its time, and how fast it runs beside ours (1 where it does not say, 0 while it stands). */
interface ClockAnswer {
  readonly now: Date
  readonly speed: number
}

/**
 * The virtual clock of a served world: GET gives `{now}`, POST `{advanceMs}` moves the world on and gives the new time.
 * Between two answers its time runs on with ours. Throws `unreachable` or `unsupported` where the endpoint does not answer so.
 */
export async function openVirtualClock(url: string): Promise<Clock> {
  let latest = await ask(url)
  let askedAtMs = performance.now()
  return {
    now: () => new Date(latest.now.getTime() + (performance.now() - askedAtMs) * latest.speed),
    sleep: async (ms) => {
      latest = await ask(url, { method: 'POST', body: JSON.stringify({ advanceMs: ms }) })
      askedAtMs = performance.now()
    },
  }
}

async function ask(url: string, init: RequestInit = {}): Promise<ClockAnswer> {
  const answer = await fetch(url, { ...init, headers: { 'content-type': 'application/json' } }).catch(
    (cause: unknown) => {
      throw new TrimtabError('unreachable', `Could not reach the clock at ${url}: check TRIMTAB_CLOCK_URL.`, { cause })
    },
  )
  const body: unknown = answer.ok ? await answer.json().catch(() => undefined) : undefined
  const { now, speed } = (typeof body === 'object' && body !== null ? body : {}) as { now?: unknown; speed?: unknown }
  const time = typeof now === 'string' || typeof now === 'number' ? new Date(now) : new Date(Number.NaN)
  if (Number.isNaN(time.getTime())) {
    throw new TrimtabError('unsupported', `The clock at ${url} gave no time: expected {"now": "2026-11-23T10:00:00Z"}.`)
  }
  return { now: time, speed: typeof speed === 'number' ? speed : 1 }
}
