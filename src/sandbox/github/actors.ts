import { type Answer, type Call, problem } from './exchange.js'

/** What a person may do in every repository of the owner. */
export type Permission = 'admin' | 'write' | 'read' | 'none'

/** Somebody with an account. */
export interface Person {
  readonly login: string
  readonly permission: Permission
}

/** Who is calling: the installed app, the app itself with its key, a person, or nobody known. */
export type Actor =
  | { readonly kind: 'installation'; readonly login: string }
  | { readonly kind: 'app' }
  | { readonly kind: 'person'; readonly login: string; readonly permission: Permission }
  | { readonly kind: 'anonymous' }

/** The tokens that are good, and whose they are. `emulate` takes any token for its first user, so we refuse the rest. */
export interface Actors {
  /** The person's token; made at the start, the same on every call. Throws for a login that nobody has. */
  tokenOf(login: string): string
  /** Remembers a token that was given to the installation, until its deadline on the wall clock. */
  learn(installationToken: string, expiresAt: string): void
  /** Who is calling; undefined for a token that is not good. */
  of(call: Call): Actor | undefined
}

/** Keeps the tokens of these people and of the app called `slug`. */
export function createActors(people: readonly Person[], slug: string, newToken: (login: string) => string): Actors {
  const tokens = new Map(people.map((person) => [person.login, newToken(person.login)]))
  const known = new Map<string, Actor>()
  const deadlines = new Map<string, number>()
  for (const person of people) known.set(tokens.get(person.login) ?? '', { kind: 'person', ...person })
  return {
    tokenOf(login) {
      const token = tokens.get(login)
      if (token === undefined) throw new Error(`GitHub stand-in: no person ${login}, there are ${[...tokens.keys()]}`)
      return token
    },
    learn(installationToken, expiresAt) {
      known.set(installationToken, { kind: 'installation', login: `${slug}[bot]` })
      deadlines.set(installationToken, Date.parse(expiresAt))
    },
    of(call) {
      const token = (call.headers.authorization ?? '').replace(/^(bearer|token)\s+/i, '').trim()
      if (token === '') return { kind: 'anonymous' }
      if (token.startsWith('eyJ')) return { kind: 'app' }
      const expired = (deadlines.get(token) ?? Number.POSITIVE_INFINITY) <= Date.now()
      return expired ? undefined : known.get(token)
    },
  }
}

const OPEN_TO_READERS = new Set([
  'POST /repos/{owner}/{repo}/issues',
  'POST /repos/{owner}/{repo}/issues/{issue_number}/comments',
  'POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions',
  'POST /repos/{owner}/{repo}/issues/{issue_number}/reactions',
  'POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews',
])

/**
 * GitHub's refusal of a person who may not do this; undefined where it is allowed. Installations are judged by
 * `emulate`, from the permissions of their token.
 */
export function refusal(actor: Actor, method: string, route: string): Answer | undefined {
  if (actor.kind !== 'person' || !route.startsWith('/repos/')) return undefined
  if (actor.permission === 'none') return problem(404, 'Not Found')
  if (actor.permission !== 'read' || method === 'GET' || OPEN_TO_READERS.has(`${method} ${route}`)) return undefined
  return problem(403, 'Resource not accessible by personal access token')
}
