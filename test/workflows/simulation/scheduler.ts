import { TrimtabError } from '../../../src/core/model/errors.js'
import type { SharedTime } from '../apply/fake-group.js'
import type { Draw } from './draw.js'

/** One call of a port that waits for its turn. */
export interface Call {
  readonly run: string
  readonly port: string
  readonly method: string
  readonly given: readonly unknown[]
  /** A sleeping run's call cannot be taken before. */
  readonly wakesAtMs: number
  readonly perform: () => unknown
  readonly answer: (value: unknown) => void
  readonly fail: (error: Error) => void
}

/** How badly the world behaves: chances for each call. */
export interface Weather {
  readonly fault: number
  readonly crash: number
  readonly slow: number
}

export const calm: Weather = { fault: 0, crash: 0, slow: 0 }

export interface Watcher {
  /** When a call leaves the run. */
  readonly issued: (call: Call) => void
  /** Right after its effect. */
  readonly done: (call: Call) => void
}

/**
 * Runs several runs at once, one call at a time: which is next, how long it takes, and whether it fails before or after
 * its effect, or the run dies there, is drawn. The same seed gives the same history.
 */
export function createScheduler(draw: Draw, time: SharedTime, watcher: Watcher) {
  const waiting: Call[] = []
  const dead = new Set<string>()
  const trace: string[] = []
  let unfinished = 0

  /** The port as one run sees it. */
  function watched<T extends object>(run: string, port: string, methods: T): T {
    const entries = Object.entries(methods).map(([method, perform]) => [
      method,
      (...given: readonly unknown[]) =>
        new Promise((answer, fail) => {
          if (dead.has(run)) return
          const asleep = port === 'clock' && method === 'sleep'
          const wakesAtMs = asleep ? time.nowMs + (given[0] as number) : 0
          const call: Call = {
            run,
            port,
            method,
            given,
            wakesAtMs,
            perform: () => (asleep ? undefined : (perform as (...all: readonly unknown[]) => unknown)(...given)),
            answer,
            fail,
          }
          watcher.issued(call)
          waiting.push(call)
        }),
    ])
    return Object.fromEntries(entries)
  }

  async function step(weather: Weather): Promise<void> {
    const call = take()
    const before = draw.chance(weather.fault)
    const slow = draw.chance(weather.slow) && isPatient(call)
    time.nowMs = Math.max(time.nowMs, call.wakesAtMs) + (slow ? 60_000 * (1 + draw.below(6)) : draw.below(3000))
    const at = new Date(time.nowMs).toISOString().slice(11, 19)
    const says = (what: string) => void trace.push(`${at} ${call.run} ${call.port}.${call.method} ${what}`)
    if (before && call.port !== 'clock') {
      says('failed before its effect')
      return call.fail(fault(call))
    }
    const dies = draw.chance(weather.crash)
    if (dies && draw.chance(0.5)) return die(call, says, 'died before its effect')
    await effect(call, weather, dies, says)
  }

  async function effect(call: Call, weather: Weather, dies: boolean, says: (what: string) => void): Promise<void> {
    let value: unknown
    try {
      value = await call.perform()
    } catch (error) {
      says(`refused: ${(error as Error).message}`)
      return call.fail(error as Error)
    }
    watcher.done(call)
    if (dies) return die(call, says, 'died after its effect')
    if (call.port !== 'clock' && draw.chance(weather.fault)) {
      says('failed after its effect')
      return call.fail(fault(call))
    }
    says(JSON.stringify(call.given)?.slice(0, 60) ?? '')
    call.answer(value)
  }

  function die(call: Call, says: (what: string) => void, what: string): void {
    says(what)
    dead.add(call.run)
    unfinished -= 1
    for (let at = waiting.length - 1; at >= 0; at -= 1) if (waiting[at]?.run === call.run) waiting.splice(at, 1)
  }

  /** Any call that may go now; when all sleep, the one that wakes first. */
  function take(): Call {
    const ready = waiting.filter(({ wakesAtMs }) => wakesAtMs <= time.nowMs)
    const first = [...waiting].sort((a, b) => a.wakesAtMs - b.wakesAtMs)[0]
    const call = ready.length > 0 ? ready[draw.below(ready.length)] : first
    if (!call) throw new Error('a run waits for something that is not a port')
    waiting.splice(waiting.indexOf(call), 1)
    return call
  }

  return {
    watched,
    trace,
    /** Runs all of them to their ends; a run that throws has ended too. `between` happens before each call. */
    async runAll(runs: readonly (() => Promise<unknown>)[], weather: Weather, between: () => void = () => {}) {
      unfinished = runs.length
      for (const run of runs)
        void run()
          .catch((error: unknown) => trace.push(`a run ended with ${error}`))
          .finally(() => {
            unfinished -= 1
          })
      for (await settle(); unfinished > 0; await settle()) {
        // A run that loads a module for the first time waits for that, and for no call.
        if (waiting.length === 0) continue
        between()
        await step(weather)
      }
    },
  }
}

/** Everything that goes on without a call comes to rest. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

function fault({ port, method }: Call): TrimtabError {
  return new TrimtabError('unreachable', `${port}.${method} got no answer`, { call: `${port}:${method}` })
}

/** A write of capacity is given up by its client after seconds: it cannot take effect minutes later. */
function isPatient({ port }: Call): boolean {
  return port !== 'capacity' && port !== 'clock'
}
