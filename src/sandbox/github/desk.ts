import { refusal } from './actors.js'
import { appHandlers } from './app-handlers.js'
import { archiveHandlers } from './archives.js'
import { checkRunHandlers } from './check-runs.js'
import { commitHandlers } from './commits.js'
import { type Answer, bodyOf, type Call, jsonAnswer, jsonOf, problem } from './exchange.js'
import type { GitObjects } from './git-objects.js'
import { issueHandlers } from './issues.js'
import { overLimit } from './limits.js'
import { nameRoute } from './name-route.js'
import { pullRequestHandlers } from './pull-requests.js'
import type { PullState } from './pull-state.js'
import { reactionHandlers } from './reactions.js'
import { reviewerHandlers } from './reviewers.js'
import type { Handlers, Stage, Visit } from './stage.js'
import type { Deliveries } from './webhook-deliveries.js'
import { changesNothingSeen, createEventSource } from './webhook-events.js'

/** Where every call is authorised, answered, put into virtual time and announced, one call after the other. */
export interface Desk {
  handle(call: Call): Promise<Answer>
  /** Looks at the world when no call is half done. */
  between<T>(look: () => Promise<T>): Promise<T>
}

const TOKENS = 'POST /app/installations/{installation_id}/access_tokens'

/** Joins `emulate` and what we add to it. */
export function createDesk(stage: Stage, git: GitObjects, state: PullState, deliveries: Deliveries): Desk {
  const handlers = everyHandler(stage, git, state)
  const events = createEventSource(stage, git, state)
  const forget = (visit: Visit) => {
    if (changesNothingSeen(visit.route)) return
    git.forget(visit.home)
    state.forget(visit.home)
  }
  const answer = async (visit: Visit) => {
    const next = (call: Call = visit.call) => stage.github.send(call)
    const handler = handlers[`${visit.call.method} ${visit.route}`] ?? ((_, ask) => ask())
    if (visit.call.method === 'GET') return handler(visit, next)
    const finish = await events.before(visit)
    const given = await stage.time.during(() => handler(visit, next)).finally(() => forget(visit))
    for (const event of await finish(given)) deliveries.enqueue(event)
    return given
  }
  let tail: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = tail.then(work)
    tail = done.catch(() => undefined)
    return done
  }
  return { handle: (call) => inTurn(() => handleOne(stage, call, answer)), between: inTurn }
}

function everyHandler(stage: Stage, git: GitObjects, state: PullState): Handlers {
  const pulls = pullRequestHandlers(stage, git, state)
  const commits = commitHandlers(stage)
  return {
    ...appHandlers(stage),
    ...reactionHandlers(stage),
    ...checkRunHandlers(stage),
    ...issueHandlers(stage, state, pulls),
    ...archiveHandlers(stage, git),
    ...reviewerHandlers(stage),
    ...pulls,
    ...commits,
    ...chained(commits, pulls),
  }
}

async function handleOne(stage: Stage, call: Call, answer: (visit: Visit) => Promise<Answer>): Promise<Answer> {
  const named = nameRoute(call.path)
  const actor = stage.actors.of(call)
  if (actor === undefined) return problem(401, 'Bad credentials')
  const { owner, repo } = named.params
  const home = owner === undefined || repo === undefined ? '' : `/repos/${owner}/${repo}`
  const visit = { ...named, call, actor, home }
  const given = refusedCall(stage, visit) ?? withRefusal(visit, await answer(visit))
  return `${call.method} ${visit.route}` === TOKENS ? given : inVirtualTime(stage, given)
}

/** Handlers of both, where those of `outer` run around those of `inner` for the same route. */
function chained(outer: Handlers, inner: Handlers): Handlers {
  const both = Object.entries(inner).map(([name, handler]) => {
    const around = outer[name]
    if (around === undefined) return [name, handler] as const
    return [name, ((visit, next) => around(visit, () => handler(visit, next))) as typeof handler] as const
  })
  return Object.fromEntries(both)
}

function refusedCall(stage: Stage, { call, route, actor, home }: Visit): Answer | undefined {
  const homes = stage.repositories.map((name) => `/repos/${stage.owner}/${name}`)
  if (home !== '' && !homes.includes(home)) return problem(404, 'Not Found')
  const tooMuch = call.method === 'GET' ? undefined : overLimit(route, bodyOf(call))
  return refusal(actor, call.method, route) ?? tooMuch
}

/** `emulate`'s refusals in GitHub's words: what nobody may see is not there. */
function withRefusal({ call, actor }: Visit, answer: Answer): Answer {
  if (answer.status !== 401 && answer.status !== 403) return answer
  if (actor.kind === 'installation') return problem(403, 'Resource not accessible by integration')
  if (actor.kind !== 'anonymous') return answer
  return call.method === 'GET' ? problem(404, 'Not Found') : problem(401, 'Requires authentication')
}

function inVirtualTime(stage: Stage, answer: Answer): Answer {
  const json = (answer.headers['content-type'] ?? '').startsWith('application/json')
  if (!json || answer.body.length === 0) return answer
  const { 'content-length': _, ...headers } = answer.headers
  return jsonAnswer(answer.status, stage.time.translate(jsonOf(answer)), headers)
}
