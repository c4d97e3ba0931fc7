import { AwsError } from './aws/aws-error.js'
import type { World } from './world/world.js'

export interface WorldClock {
  /** Lets a real-time world catch up with the wall clock; nothing in a virtual one. */
  follow(): void
  /** The route `/_trimtab/clock`: the time, and how fast it runs beside the wall clock. */
  handler(method: string, body: unknown): { readonly now: string; readonly speed: 0 | 1 }
}

/** The clock of a world: virtual time that is moved on by request and, in real time, by the wall clock too. */
export function createWorldClock(world: World, realTime: boolean): WorldClock {
  let seenMs = Date.now()
  const follow = () => {
    const nowMs = Date.now()
    if (realTime && nowMs > seenMs) world.advance(nowMs - seenMs)
    seenMs = nowMs
  }
  return {
    follow,
    handler(method, body) {
      follow()
      if (method === 'POST') world.advance(advanceOf(body))
      return { now: new Date(world.now()).toISOString(), speed: realTime ? 1 : 0 }
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
