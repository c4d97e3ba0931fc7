import { type Answer, bodyOf, type JsonObject, jsonOf } from './exchange.js'
import type { GitObjects } from './git-objects.js'
import { asIssue } from './issues.js'
import type { Pull, PullState } from './pull-state.js'
import type { Stage, Visit } from './stage.js'
import { userOf } from './users.js'
import type { WebhookEvent } from './webhook-deliveries.js'

/** Works out the events of one write: called before it, then with its answer. */
export interface EventSource {
  before(visit: Visit): Promise<(answer: Answer) => Promise<readonly WebhookEvent[]>>
}

/** The subject of an event, before repository, installation and sender are added. */
interface Happening {
  readonly event: string
  readonly action?: string
  readonly fields: JsonObject
}

type Observer = (visit: Visit, was: World, answer: Answer) => Promise<readonly Happening[]>

/** What a repository looked like before the write. */
interface World {
  readonly tips: ReadonlyMap<string, string>
  readonly pulls: readonly Pull[]
  readonly issue?: JsonObject
}

const NO_COMMIT = '0'.repeat(40)
const IN = '/repos/{owner}/{repo}'

/** Writes that change nothing an event tells of: objects are not seen until a branch names them. */
const SILENT = ['git/blobs', 'git/trees', 'git/commits', 'collaborators', 'labels']

/** Whether a write of this route leaves branches, issues and pull requests as they are. */
export function changesNothingSeen(route: string): boolean {
  return route.endsWith('/reactions') || SILENT.some((path) => route.startsWith(`${IN}/${path}`))
}

/**
 * Events are drawn from what changed, not taken from `emulate`, whose own deliveries come in no certain order, carry
 * no `push` for a merge and stale commits.
 */
export function createEventSource(stage: Stage, git: GitObjects, state: PullState): EventSource {
  const observers = observersOf(stage, state)
  return {
    async before(visit) {
      if (visit.call.method === 'GET' || visit.home === '' || changesNothingSeen(visit.route)) return async () => []
      const was = await look(stage, git, state, visit)
      return async (answer) => {
        if (answer.status >= 300) return []
        const observed = (await observers[`${visit.call.method} ${visit.route}`]?.(visit, was, answer)) ?? []
        const branches = await branchEvents(stage, git, state, visit, was)
        const all = [...observed, ...branches]
        return Promise.all(all.map((happening) => wrap(stage, visit, happening)))
      }
    },
  }
}

async function look(stage: Stage, git: GitObjects, state: PullState, visit: Visit): Promise<World> {
  const number = visit.params.issue_number
  const [tips, pulls] = await Promise.all([git.tips(visit.home), state.all(visit.home)])
  const issue = number === undefined ? undefined : await stage.github.find<JsonObject>(`${visit.home}/issues/${number}`)
  return { tips, pulls, ...(issue === undefined ? {} : { issue }) }
}

async function wrap(stage: Stage, visit: Visit, { event, action, fields }: Happening): Promise<WebhookEvent> {
  const repository = await stage.github.asOwner<JsonObject>('GET', visit.home)
  const organization = { login: stage.owner, type: 'Organization' }
  const installation = { id: stage.installationId, node_id: `I_${stage.installationId}` }
  const sender = await userOf(stage, visit.actor)
  const payload = {
    ...(action === undefined ? {} : { action }),
    ...fields,
    repository,
    organization,
    installation,
    sender,
  }
  return { event, payload: stage.time.translate(payload) as JsonObject }
}

function observersOf(stage: Stage, state: PullState): Readonly<Record<string, Observer>> {
  const comment =
    (action: string): Observer =>
    async (visit, _, answer) => {
      const value = jsonOf<JsonObject & { issue_url: string }>(answer)
      const number = Number(value.issue_url.split('/').at(-1))
      return [
        {
          event: 'issue_comment',
          action,
          fields: { comment: value, issue: await issueOf(stage, state, visit, number) },
        },
      ]
    }
  return {
    [`POST ${IN}/issues`]: async (_, __, answer) => [
      { event: 'issues', action: 'opened', fields: { issue: jsonOf(answer) } },
    ],
    [`PATCH ${IN}/issues/{issue_number}`]: async (visit, was, answer) => {
      const issue = jsonOf<JsonObject>(answer)
      if (was.issue === undefined) return []
      return changeOf(visit, was.issue, issue).map((action) => ({ event: 'issues', action, fields: { issue } }))
    },
    [`POST ${IN}/issues/{issue_number}/comments`]: comment('created'),
    [`PATCH ${IN}/issues/comments/{comment_id}`]: comment('edited'),
    [`POST ${IN}/issues/{issue_number}/labels`]: (visit, was) => labelled(stage, state, visit, was),
    [`PUT ${IN}/issues/{issue_number}/labels`]: (visit, was) => labelled(stage, state, visit, was),
    [`POST ${IN}/check-runs`]: async (_, __, answer) => checkRun(jsonOf(answer), ['created']),
    [`PATCH ${IN}/check-runs/{check_run_id}`]: async (_, __, answer) => checkRun(jsonOf(answer), []),
  }
}

function checkRun(check_run: JsonObject, actions: readonly string[]): readonly Happening[] {
  const all = check_run.status === 'completed' ? [...actions, 'completed'] : actions
  return all.map((action) => ({ event: 'check_run', action, fields: { check_run } }))
}

/** What a changed title, body or state is called. */
function changeOf(visit: Visit, was: JsonObject, now: JsonObject): readonly string[] {
  if (was.state !== now.state) return [now.state === 'closed' ? 'closed' : 'reopened']
  const edited = 'title' in bodyOf(visit.call) || 'body' in bodyOf(visit.call)
  return edited && (was.title !== now.title || was.body !== now.body) ? ['edited'] : []
}

async function issueOf(stage: Stage, state: PullState, visit: Visit, number: number): Promise<JsonObject | undefined> {
  const issue = await stage.github.find<JsonObject>(`${visit.home}/issues/${number}`)
  if (issue !== undefined) return issue
  const pull = await stage.github.find<Pull>(`${visit.home}/pulls/${number}`)
  return pull === undefined ? undefined : asIssue(await state.shown(visit.home, pull, 'list'), state, visit.home)
}

async function labelled(stage: Stage, state: PullState, visit: Visit, was: World): Promise<readonly Happening[]> {
  const number = Number(visit.params.issue_number)
  const before = was.pulls.find((pull) => pull.number === number) ?? was.issue
  const names = (subject: JsonObject | undefined) =>
    ((subject?.labels ?? []) as readonly { readonly name: string }[]).map(({ name }) => name)
  const pull = await stage.github.find<Pull>(`${visit.home}/pulls/${number}`)
  const subject =
    pull === undefined ? await issueOf(stage, state, visit, number) : await state.shown(visit.home, pull, 'single')
  const fresh = names(subject).filter((name) => !names(before).includes(name))
  const [event, key] = pull === undefined ? ['issues', 'issue'] : ['pull_request', 'pull_request']
  return fresh.map((name) => ({ event, action: 'labeled', fields: { [key]: subject, label: { name } } }))
}

/** Pushes, and what they and other writes did to pull requests. */
async function branchEvents(stage: Stage, git: GitObjects, state: PullState, visit: Visit, was: World) {
  const [tips, pulls] = await Promise.all([git.tips(visit.home), state.all(visit.home)])
  const happenings: Happening[] = []
  for (const pull of pulls) {
    const before = was.pulls.find((other) => other.number === pull.number)
    const actions = before === undefined ? ['opened'] : changesOfPull(visit, before, pull)
    if (actions.length === 0) continue
    const found = await stage.github.asOwner<Pull>('GET', `${visit.home}/pulls/${pull.number}`)
    const pull_request = await state.shown(visit.home, found, 'single')
    for (const action of actions) {
      happenings.push({ event: 'pull_request', action, fields: { number: pull.number, pull_request } })
    }
  }
  for (const branch of new Set([...was.tips.keys(), ...tips.keys()])) {
    const [before, after] = [was.tips.get(branch) ?? NO_COMMIT, tips.get(branch) ?? NO_COMMIT]
    if (before !== after) happenings.push(await push(stage, git, visit, { branch, before, after }))
  }
  return happenings
}

function changesOfPull(visit: Visit, was: Pull, now: Pull): readonly string[] {
  const moved = now.state === 'open' && was.state === 'open' && was.head.sha !== now.head.sha
  return moved ? ['synchronize'] : changeOf(visit, was, now)
}

async function push(
  stage: Stage,
  git: GitObjects,
  visit: Visit,
  { branch, before, after }: { readonly branch: string; readonly before: string; readonly after: string },
): Promise<Happening> {
  const [created, deleted] = [before === NO_COMMIT, after === NO_COMMIT]
  const compared = created || deleted ? undefined : await git.compare(visit.home, before, after)
  const named = (status: string) =>
    compared?.files.filter((file) => file.status === status).map((file) => file.filename) ?? []
  const changed = { added: named('added'), modified: named('modified'), removed: named('removed') }
  const commits = (compared?.commits ?? []).map(({ sha, commit }) => ({ id: sha, message: commit.message, ...changed }))
  const { login } = await userOf(stage, visit.actor)
  const forced = compared !== undefined && compared.behind_by > 0
  const fields = { ref: `refs/heads/${branch}`, before, after, created, deleted, forced, base_ref: null, commits }
  return { event: 'push', fields: { ...fields, head_commit: commits.at(-1) ?? null, pusher: { name: login } } }
}
