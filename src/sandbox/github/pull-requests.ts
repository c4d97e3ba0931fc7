import { type Answer, bodyOf, invalid, jsonAnswer, jsonOf, paged, problem, withBody } from './exchange.js'
import type { GitObjects } from './git-objects.js'
import type { Pull, PullState } from './pull-state.js'
import type { Handler, Handlers, Stage, Visit } from './stage.js'
import { userOf } from './users.js'

const PULL = '/repos/{owner}/{repo}/pulls/{pull_number}'

/**
 * Pull requests as GitHub has them, over `emulate`'s: they follow their branches, a second one for a head is refused,
 * files and commits are the real ones, a merge joins two histories instead of taking the head's tree.
 */
export function pullRequestHandlers(stage: Stage, git: GitObjects, state: PullState): Handlers {
  const shown = async (visit: Visit, answer: Answer, form: 'single' | 'list' = 'single') => {
    if (answer.status >= 300) return answer
    return jsonAnswer(answer.status, await state.shown(visit.home, jsonOf<Pull>(answer), form), answer.headers)
  }
  return {
    'GET /repos/{owner}/{repo}/pulls': async (visit, next) => {
      const answer = await next()
      if (answer.status >= 300) return answer
      const pulls = jsonOf<Pull[]>(answer).map((pull) => state.shown(visit.home, pull, 'list'))
      return jsonAnswer(200, await Promise.all(pulls), answer.headers)
    },
    'POST /repos/{owner}/{repo}/pulls': async (visit, next) =>
      (await refusedDraft(stage, git, state, visit)) ?? shown(visit, await next()),
    [`GET ${PULL}`]: async (visit, next) => shown(visit, await next()),
    [`PATCH ${PULL}`]: async (visit, next) => {
      const refused = await changeState(stage, git, state, visit)
      return refused ?? shown(visit, await next())
    },
    [`GET ${PULL}/files`]: async (visit, next) => {
      const found = await pullOf(stage, visit)
      if (found === undefined) return next()
      return paged(visit.call, stage.url, (await state.comparison(visit.home, found)).files)
    },
    [`GET ${PULL}/commits`]: async (visit, next) => {
      const found = await pullOf(stage, visit)
      if (found === undefined) return next()
      return paged(visit.call, stage.url, (await state.comparison(visit.home, found)).commits)
    },
    [`PUT ${PULL}/merge`]: mergeHandler(stage, git, state),
    'DELETE /repos/{owner}/{repo}/git/refs/{ref}': (visit, next) => deleteRef(stage, state, visit, next),
  }
}

function pullOf(stage: Stage, visit: Visit): Promise<Pull | undefined> {
  return stage.github.find<Pull>(`${visit.home}/pulls/${visit.params.pull_number}`)
}

async function refusedDraft(
  stage: Stage,
  git: GitObjects,
  state: PullState,
  visit: Visit,
): Promise<Answer | undefined> {
  const draft = bodyOf(visit.call)
  const head = String(draft.head ?? '').replace(`${stage.owner}:`, '')
  const base = String(draft.base ?? '')
  const tips = await git.tips(visit.home)
  const [headSha, baseSha] = [tips.get(head), tips.get(base)]
  if (headSha === undefined) return invalid('PullRequest', 'invalid', 'head')
  if (baseSha === undefined) return invalid('PullRequest', 'invalid', 'base')
  const duplicate = await refusedDuplicate(stage, state, visit, head, base)
  if (duplicate !== undefined) return duplicate
  const { ahead_by } = await git.compare(visit.home, baseSha, headSha)
  const message = `No commits between ${base} and ${head}`
  return ahead_by > 0 ? undefined : invalid('PullRequest', 'custom', undefined, message)
}

async function refusedDuplicate(stage: Stage, state: PullState, visit: Visit, head: string, base: string) {
  const same = (pull: Pull) => pull.state === 'open' && pull.head.ref === head && pull.base.ref === base
  const message = `A pull request already exists for ${stage.owner}:${head}.`
  return (await state.all(visit.home)).some(same) ? invalid('PullRequest', 'custom', undefined, message) : undefined
}

/** Follows a change of state before `emulate` makes it; an answer is GitHub's refusal. */
async function changeState(stage: Stage, git: GitObjects, state: PullState, visit: Visit): Promise<Answer | undefined> {
  const wanted = bodyOf(visit.call).state
  const pull = await pullOf(stage, visit)
  if (pull === undefined || wanted === pull.state) return undefined
  if (wanted === 'closed') await state.close(visit.home, pull, await userOf(stage, visit.actor))
  if (wanted !== 'open') return undefined
  const gone = !(await git.tips(visit.home)).has(pull.head.ref)
  if (pull.merged_at !== null || gone) return invalid('PullRequest', 'invalid', 'state', 'state cannot be changed.')
  const duplicate = await refusedDuplicate(stage, state, visit, pull.head.ref, pull.base.ref)
  if (duplicate === undefined) state.reopen(visit.home, pull.number)
  return duplicate
}

function mergeHandler(stage: Stage, git: GitObjects, state: PullState): Handler {
  return async (visit, next) => {
    const found = await pullOf(stage, visit)
    if (found === undefined) return next()
    const pull = await state.shown(visit.home, found, 'single')
    const { sha, merge_method, ...rest } = bodyOf(visit.call)
    if (pull.state === 'closed') return problem(405, 'Pull Request is not mergeable')
    if (typeof sha === 'string' && sha !== pull.head.sha) {
      return problem(409, 'Head branch was modified. Review and try the merge again.')
    }
    const tree = await git.mergedTree(visit.home, pull.base.sha, pull.head.sha)
    if (tree === undefined) return problem(405, 'Pull Request is not mergeable')
    const closedBy = await userOf(stage, visit.actor)
    await state.close(visit.home, pull, closedBy)
    // emulate records the merge, and puts the head's tree on the base branch; the true merge then takes its place.
    const recorded = await next(withBody(visit.call, { ...rest, merge_method }))
    if (recorded.status >= 300) {
      state.reopen(visit.home, pull.number)
      return recorded
    }
    const parents = merge_method === 'squash' ? [pull.base.sha] : [pull.base.sha, pull.head.sha]
    const mergeSha = await commitMerge(stage, visit, pull, tree, parents)
    await stage.github.asOwner('PATCH', `${visit.home}/git/refs/heads/${pull.base.ref}`, { sha: mergeSha, force: true })
    await state.close(visit.home, pull, closedBy, mergeSha)
    return jsonAnswer(200, { sha: mergeSha, merged: true, message: 'Pull Request successfully merged' })
  }
}

async function commitMerge(stage: Stage, visit: Visit, pull: Pull, tree: string, parents: readonly string[]) {
  const { commit_title, commit_message } = bodyOf(visit.call)
  const from = `Merge pull request #${pull.number} from ${stage.owner}/${pull.head.ref}`
  const message = `${String(commit_title ?? from)}\n\n${String(commit_message ?? pull.title)}`
  const user = await userOf(stage, visit.actor)
  const name = String(user.login)
  const author = { name, email: `${name}@users.noreply.github.com`, date: stage.time.now() }
  const committer = { name: 'GitHub', email: 'noreply@github.com', date: stage.time.now() }
  const commit = { message, tree, parents, author, committer }
  return (await stage.github.asOwner<{ sha: string }>('POST', `${visit.home}/git/commits`, commit)).sha
}

/** Deleting a branch closes the pull requests that come from it. */
async function deleteRef(stage: Stage, state: PullState, visit: Visit, next: () => Promise<Answer>): Promise<Answer> {
  const branch = (visit.params.ref ?? '').replace(/^heads\//, '')
  const open = (await state.all(visit.home)).filter((pull) => pull.state === 'open' && pull.head.ref === branch)
  const closedBy = await userOf(stage, visit.actor)
  for (const pull of open) await state.close(visit.home, pull, closedBy)
  const answer = await next()
  for (const pull of open) {
    if (answer.status >= 300) state.reopen(visit.home, pull.number)
    else await stage.github.asOwner('PATCH', `${visit.home}/pulls/${pull.number}`, { state: 'closed' })
  }
  return answer
}
