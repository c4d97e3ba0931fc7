import { AwsError } from './aws/aws-error.js'
import type { World } from './world/world.js'

export interface WorldClock {
  /** Lets a real-time world catch up with the wall clock; nothing in a virtual one. */
  follow(): void
  /**
   * The route `/_trimtab/clock`: the time, and how fast it runs beside the wall clock. POST `{advanceMs}` moves it on;
   * GET `?beyond=TIME` is answered when somebody has moved it beyond that time.
   */
  handler(method: string, body: unknown, query: URLSearchParams): Promise<Told>
}

interface Told {
  readonly now: string
  readonly speed: 0 | 1
}

/** The clock of a world: virtual time that is moved on by request and, in real time, by the wall clock too. */
export function createWorldClock(world: World, realTime: boolean): WorldClock {
  let seenMs = Date.now()
  const follow = () => {
    const nowMs = Date.now()
    if (realTime && nowMs > seenMs) world.advance(nowMs - seenMs)
    seenMs = nowMs
  }
  let waiting: (() => void)[] = []
  const moved = () => {
    const woken = waiting
    waiting = []
    for (const wake of woken) wake()
  }
  const tell = (): Told => ({ now: new Date(world.now()).toISOString(), speed: realTime ? 1 : 0 })
  return {
    follow,
    async handler(method, body, query) {
      follow()
      const beyond = Date.parse(query.get('beyond') ?? '')
      if (Number.isFinite(beyond)) {
        while (world.now() <= beyond) await new Promise<void>((wake) => waiting.push(wake))
      } else if (method === 'POST') {
        world.advance(advanceOf(body))
        moved()
      }
      return tell()
    },
  }
}

function advanceOf(body: unknown): number {
  const ms = typeof body === 'object' && body !== null && 'advanceMs' in body ? body.advanceMs : undefined
  if (typeof ms === 'number' && Number.isFinite(ms) && ms >= 0) return ms
  throw new AwsError(
    'ValidationError',
    `moving the clock on: expected {"advanceMs": a number not below 0}, got ${JSON.stringify(body)}`,
  )
}
