import { get } from 'node:http'
import { text } from 'node:stream/consumers'
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
 * The virtual clock of a served world: GET gives `{now}`, with `?beyond=TIME` as soon as it is later than that; POST
 * `{advanceMs}` moves the world on and gives the new time.
 * A world in real time runs on between two answers, one that is only moved by request stands still; two looks tell which.
 * What another client moves is followed, so that two of them agree on the time. Throws `unreachable` or `unsupported`
 * where the endpoint does not answer so.
 */
export async function openVirtualClock(url: string): Promise<Clock> {
  const first = await ask(url)
  await wait(LOOK_APART_MS)
  let latest = await ask(url)
  let askedAtMs = performance.now()
  const runs = latest > first
  const nowMs = () => (runs ? latest + Math.floor(performance.now() - askedAtMs) : latest)
  const hear = (time: number) => {
    if (time <= nowMs()) return
    latest = time
    askedAtMs = performance.now()
  }
  void followMoves(url, () => nowMs() + (runs ? leapMs : 0), hear)
  return {
    now: () => new Date(nowMs()),
    sleep: async (ms) => hear(await ask(url, { method: 'POST', body: JSON.stringify({ advanceMs: ms }) })),
  }
}

/** Another client's move of a running world is told from its own going on by being longer than this. */
const leapMs = 2000

/**
 * Hears of each move of the world beyond the time that is known, until the world ends. An endpoint that does not tell
 * of moves, by answering at once, is not asked again. Keeps no process alive.
 */
async function followMoves(url: string, knownMs: () => number, hear: (time: number) => void): Promise<void> {
  for (;;) {
    const beyond = knownMs()
    const time = await movedBeyond(url, beyond)
    if (time === undefined || time <= beyond) return
    hear(time)
  }
}

/** The time after the next move beyond `beyond`; undefined where the connection ends first. */
function movedBeyond(url: string, beyond: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const address = new URL(url)
    address.searchParams.set('beyond', new Date(beyond).toISOString())
    const asking = get(address, { agent: false })
    asking.on('socket', (socket) => socket.unref())
    asking.on('error', () => resolve(undefined))
    asking.on('response', (answer) => {
      text(answer).then(
        (body) => resolve(timeIn(parsed(body))),
        () => resolve(undefined),
      )
    })
  })
}

async function ask(url: string, init: RequestInit = {}): Promise<number> {
  const answer = await fetch(url, { ...init, headers: { 'content-type': 'application/json' } }).catch(
    (cause: unknown) => {
      throw new TrimtabError('unreachable', `Could not reach the clock at ${url}: check TRIMTAB_CLOCK_URL.`, { cause })
    },
  )
  const time = timeIn(answer.ok ? await answer.json().catch(() => undefined) : undefined)
  if (time !== undefined) return time
  throw new TrimtabError('unsupported', `The clock at ${url} gave no time: expected {"now": "2026-11-23T10:00:00Z"}.`)
}

function timeIn(body: unknown): number | undefined {
  const now = typeof body === 'object' && body !== null && 'now' in body ? body.now : undefined
  const time = typeof now === 'string' ? Date.parse(now) : Number.NaN
  return Number.isFinite(time) ? time : undefined
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
