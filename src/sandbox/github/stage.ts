import type { Actor, Actors, Person } from './actors.js'
import type { EmulatedGitHub } from './emulated-github.js'
import type { Answer, Call } from './exchange.js'
import type { VirtualTime } from './virtual-time.js'

/** What every extension of the stand-in works with. */
export interface Stage {
  readonly url: string
  readonly owner: string
  readonly repositories: readonly string[]
  readonly people: readonly Person[]
  readonly appId: number
  readonly slug: string
  readonly installationId: number
  readonly github: EmulatedGitHub
  readonly actors: Actors
  readonly time: VirtualTime
}

/** One call that has been named and authorised. */
export interface Visit {
  readonly call: Call
  readonly route: string
  readonly params: Readonly<Record<string, string>>
  readonly actor: Actor
  /** `/repos/owner/name` of the call; empty outside a repository. */
  readonly home: string
}

/** Answers a call itself, or asks `next` (which is `emulate`) and mends what comes back. */
export type Handler = (visit: Visit, next: (call?: Call) => Promise<Answer>) => Promise<Answer>

/** Handlers by `METHOD route`. */
export type Handlers = Readonly<Record<string, Handler>>
