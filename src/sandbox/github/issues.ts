import { everyPage } from './every-page.js'
import { type Answer, bodyOf, type Call, type JsonObject, jsonAnswer, paged, problem } from './exchange.js'
import type { Pull, PullState } from './pull-state.js'
import type { Handlers, Stage, Visit } from './stage.js'

const ISSUES = '/repos/{owner}/{repo}/issues'

interface Issue extends JsonObject {
  readonly number: number
  readonly state: string
  readonly user: JsonObject
  readonly labels: readonly { readonly name: string }[]
  readonly updated_at: string
}

/**
 * Issues as GitHub has them: every pull request is one too, in the list (with `pull_request` set), when read and when
 * written by its number. `emulate` keeps the two apart.
 */
export function issueHandlers(stage: Stage, state: PullState, pulls: Handlers): Handlers {
  const pullOf = (visit: Visit) => stage.github.find<Pull>(`${visit.home}/pulls/${visit.params.issue_number}`)
  const seen = async (visit: Visit, pull: Pull) =>
    asIssue(await state.shown(visit.home, pull, 'list'), state, visit.home)
  return {
    [`GET ${ISSUES}`]: async (visit, next) => {
      const allowed = await next()
      if (allowed.status >= 300) return allowed
      const drawn = (await state.all(visit.home)).map((pull) => asIssue(pull, state, visit.home))
      const all = [...(await everyIssue(stage, visit.home)), ...drawn].filter((issue) => wanted(stage, visit, issue))
      const newest = visit.call.query.get('direction') === 'asc' ? 1 : -1
      return paged(
        visit.call,
        stage.url,
        all.sort((a, b) => newest * (a.number - b.number)),
      )
    },
    [`GET ${ISSUES}/{issue_number}`]: async (visit, next) => {
      const answer = await next()
      const pull = answer.status === 404 ? await pullOf(visit) : undefined
      return pull === undefined ? answer : jsonAnswer(200, await seen(visit, pull))
    },
    [`PATCH ${ISSUES}/{issue_number}`]: async (visit, next) => {
      const answer = await next()
      const pull = answer.status === 404 ? await pullOf(visit) : undefined
      if (pull === undefined) return answer
      const changed = await changePull(pulls, visit, next)
      if (changed.status >= 300) return changed
      const { labels } = bodyOf(visit.call)
      if (labels !== undefined)
        await stage.github.asOwner('PUT', `${visit.home}/issues/${pull.number}/labels`, { labels })
      const after = await pullOf(visit)
      return after === undefined ? problem(404, 'Not Found') : jsonAnswer(200, await seen(visit, after))
    },
  }
}

/** The same change as one of the pull request with that number. */
function changePull(pulls: Handlers, visit: Visit, next: Parameters<Handlers[string]>[1]): Promise<Answer> {
  const pull_number = visit.params.issue_number ?? ''
  const call = { ...visit.call, path: `${visit.home}/pulls/${pull_number}` }
  const change = pulls['PATCH /repos/{owner}/{repo}/pulls/{pull_number}']
  const ask = (other: Call = call) => next(other)
  return change === undefined ? ask() : change({ ...visit, call, params: { ...visit.params, pull_number } }, ask)
}

/** Every issue of a repository that is no pull request, oldest first. */
export async function everyIssue(stage: Stage, home: string): Promise<readonly Issue[]> {
  const issues = await everyPage<Issue>(stage.github, `${home}/issues?state=all&direction=asc`)
  return [...issues].sort((a, b) => a.number - b.number)
}

/** A pull request in the shape of an issue. */
export function asIssue(pull: Pull, state: PullState, home: string): Issue {
  const kept = ['id', 'node_id', 'number', 'title', 'user', 'labels', 'state', 'locked', 'assignee', 'assignees']
  const times = ['milestone', 'created_at', 'updated_at', 'closed_at', 'body', 'html_url', 'author_association']
  const fields = Object.fromEntries([...kept, ...times].map((name) => [name, pull[name]]))
  const { url, html_url, diff_url, patch_url, merged_at } = pull
  const pull_request = { url, html_url, diff_url, patch_url, merged_at }
  const closed_by = state.closedBy(home, pull.number) ?? null
  return {
    ...fields,
    url: pull.issue_url,
    comments_url: pull.comments_url,
    closed_by,
    pull_request,
  } as unknown as Issue
}

function wanted(stage: Stage, visit: Visit, issue: Issue): boolean {
  const { query } = visit.call
  const state = query.get('state') ?? 'open'
  if (state !== 'all' && issue.state !== state) return false
  const creator = query.get('creator')
  if (creator !== null && creator !== issue.user.login) return false
  const since = query.get('since')
  const { updated_at } = stage.time.translate(issue) as Issue
  if (since !== null && Date.parse(updated_at) < Date.parse(since)) return false
  const labels =
    query
      .get('labels')
      ?.split(',')
      .filter((name) => name !== '') ?? []
  return labels.every((name) => issue.labels.some((label) => label.name === name.trim()))
}
