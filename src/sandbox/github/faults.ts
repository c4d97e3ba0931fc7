/** What can go wrong on the way. `cutAfterEffect` does the work and then drops the connection without an answer. */
export type FaultKind = 'rateLimited' | 'serverError' | 'cutConnection' | 'cutAfterEffect' | 'slow'

/** A fault for the next `times` calls of a route: `*`, a path template, or `METHOD template`. */
export interface Fault {
  readonly route: string
  readonly kind: FaultKind
  readonly times: number
  /** Of `slow`: how long the answer waits. Default 200. */
  readonly delayMs?: number
  /** Of `rateLimited`: the answer's `retry-after`. GitHub says 60; default 1, so that nobody waits a minute. */
  readonly retryAfterSeconds?: number
}

/** The switchboard of faults. */
export interface Faults {
  set(fault: Fault): void
  clear(): void
  /** The fault that this call meets, which uses it up once. The oldest match goes first. */
  take(method: string, route: string): Fault | undefined
}

/** A switchboard with nothing switched on. */
export function createFaults(): Faults {
  const waiting: { readonly fault: Fault; left: number }[] = []
  return {
    set(fault) {
      waiting.push({ fault, left: fault.times })
    },
    clear() {
      waiting.length = 0
    },
    take(method, route) {
      const names = ['*', route, `${method} ${route}`]
      const hit = waiting.find(({ fault, left }) => left > 0 && names.includes(fault.route))
      if (hit === undefined) return undefined
      hit.left -= 1
      return hit.fault
    },
  }
}
