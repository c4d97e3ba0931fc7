import { openFreeze } from '../../core/decision/open-freeze.js'
import type { Application, PullRequestRef } from '../../core/model/change.js'
import type { Settings } from '../../core/model/configuration.js'
import { factValue } from '../../core/model/fact.js'
import { shortHash } from '../../core/model/identity.js'
import type { Recommendation } from '../../core/model/recommendation.js'
import { branchOf } from '../../core/proposal/pull-request-page.js'
import { writeBackTitle, writeBackView } from '../../core/proposal/write-back-page.js'
import type { PullRequestDraft } from '../../ports.js'
import type { AnalysisFault } from '../analyse/group-analysis.js'
import type { PlacedGroup } from '../analyse/place-group.js'
import { readPlaced } from '../analyse/read-placed.js'
import type { CodeHost, Deps } from '../deps.js'
import type { Estate } from '../estate/estate.js'
import { type Guard, repositoryLease, withLease } from '../lease.js'
import type { ProposedPage } from '../pass/pass.js'
import { editCode } from '../propose/edit-code.js'
import { writeBackNo } from './follow-write-back.js'
import { turnFaults } from './turn.js'

export interface WrittenBack {
  readonly proposed: readonly ProposedPage[]
  readonly faults: readonly AnalysisFault[]
}

/** A live scale-up whose number is not in the code yet, with the group's code and the write-back that is still out. */
interface Task {
  readonly recommendation: Recommendation
  readonly application: Application
  readonly placed: PlacedGroup
  readonly code: Extract<PlacedGroup['code'], { kind: 'found' }>
  readonly earlier: Recommendation | undefined
}

/**
 * After a live scale-up, proposes the same number for the code, so that the next deployment does not undo it. Not
 * counted against the limits. Code that ignores desired capacity needs nothing written back. One write-back for a
 * group: a later scale-up moves the number of the one that is still open.
 */
export async function writeBackApplied(deps: Deps, estate: Estate): Promise<WrittenBack> {
  const { host } = deps
  const proposed: ProposedPage[] = []
  if (!host) return { proposed, faults: [] }
  const rows = await deps.recommendations.list({ limit: Number.POSITIVE_INFINITY })
  const open = rows.filter(({ change }) => change.state === 'applied' && !change.writeBack)
  const read = await readPlaced(
    deps,
    estate,
    open.map(({ groupKey }) => groupKey),
  )
  const faults: AnalysisFault[] = [...read.faults]
  const tasks = [...read.byKey.values()].flatMap((placed) => taskOf(deps, placed, rows))
  for (const task of tasks) {
    const { repository } = task.code
    try {
      const page = await withLease(deps, repositoryLease(repository.name), (guard) =>
        writeBackOne(deps, host, task, guard),
      )
      if (page) proposed.push(page)
    } catch (error) {
      faults.push(...turnFaults(deps, task.recommendation, error))
    }
  }
  return { proposed, faults }
}

/** The newest scale-up of the group that is not written back; a kill switch, freeze or faulty configuration holds it. */
function taskOf(deps: Deps, placed: PlacedGroup, rows: readonly Recommendation[]): readonly Task[] {
  const { group, policy, code } = placed
  const held = policy.mode === 'observe' || policy.killSwitch || openFreeze(policy, deps.clock.now()) !== undefined
  if (held || code.kind !== 'found' || code.repository.faults.length > 0) return []
  const applied = rows
    .filter(({ groupKey, change }) => groupKey === group.groupKey && change.state === 'applied')
    .sort((a, b) => (startOf(a) < startOf(b) ? 1 : -1))
  const [recommendation] = applied
  const application = recommendation?.change.application
  if (!recommendation || !application || recommendation.change.writeBack) return []
  const earlier = applied.find(({ change }) => change.writeBack !== undefined && change.writeBackEnded === undefined)
  return [{ recommendation, application, placed, code, earlier }]
}

function startOf({ change }: Recommendation): string {
  return change.application?.startedAt ?? ''
}

async function writeBackOne(deps: Deps, host: CodeHost, task: Task, guard: Guard): Promise<ProposedPage | undefined> {
  const { placed, code, earlier } = task
  const recommendation = await deps.recommendations.find(task.recommendation.id)
  if (recommendation?.change.state !== 'applied' || recommendation.change.writeBack) return undefined
  const no = await writeBackNo(deps, recommendation.groupKey, task.application.to)
  if (no !== undefined) return noted(deps, recommendation, no)

  const { from, to } = writeBackSettings(task.application, earlier?.change.application, placed)
  const edited = await editCode(deps, { code, group: placed.group, from, to })
  if (edited.kind === 'refused') return noted(deps, recommendation, edited.hint)
  await guard.check()

  const open = earlier?.change.writeBack
  const draft = draftOf(deps, task, edited, open?.branch ?? branchOf(recommendation, '-write-back'))
  guard.assertHeld()
  const state = open
    ? await host.pullRequests.update(open.repository, open.number, draft)
    : await host.pullRequests.open(code.repository.name, draft)
  const writeBack: PullRequestRef = {
    repository: code.repository.name,
    number: state.number,
    branch: draft.branch,
    contentHash: shortHash(JSON.stringify(to)),
    openedAt: open?.openedAt ?? deps.clock.now().toISOString(),
  }
  await deps.recommendations.save({ ...recommendation, change: { ...recommendation.change, writeBack } })
  if (earlier) await replaced(deps, earlier)
  const { id: recommendationId, groupKey } = recommendation
  return { groupKey, recommendationId, repository: code.repository.name, number: state.number, kind: 'write-back' }
}

function draftOf(
  deps: Deps,
  { recommendation, application, placed, code }: Task,
  edited: Extract<Awaited<ReturnType<typeof editCode>>, { kind: 'edited' }>,
  branch: string,
): PullRequestDraft {
  const title = writeBackTitle(recommendation, application)
  const { labels, reviewers } = placed.policy.pullRequests
  return {
    branch,
    title,
    body: deps.render('write-back', writeBackView(recommendation, application, edited.proof)),
    commitMessage: `${title}\n\nTrimtab-Change: ${recommendation.changeId}\n`,
    files: edited.files,
    baseSha: code.repository.sha,
    labels: ['trimtab', ...labels],
    reviewers,
  }
}

async function replaced(deps: Deps, earlier: Recommendation): Promise<void> {
  const writeBackEnded = { kind: 'replaced' as const, at: deps.clock.now().toISOString() }
  await deps.recommendations.save({ ...earlier, change: { ...earlier.change, writeBackEnded } })
}

/**
 * Desired capacity; the minimum with it where the two coincided before. What the code says is its value of before the
 * first scale-up that is not in it.
 */
function writeBackSettings(
  { from, to, minSizeBefore }: Application,
  earlier: Application | undefined,
  { group }: PlacedGroup,
): { readonly from: Settings; readonly to: Settings } {
  const before = earlier ? earlier.from : from
  const minBefore = earlier ? earlier.minSizeBefore : minSizeBefore
  const coincided = minBefore === before && factValue(group.scalingPolicies)?.length === 0
  return coincided
    ? { from: { desiredCapacity: before, minSize: minBefore }, to: { desiredCapacity: to, minSize: to } }
    : { from: { desiredCapacity: before }, to: { desiredCapacity: to } }
}

/** Why not is remembered on the change, once; code that ignores or lacks the attribute undoes nothing. */
async function noted(deps: Deps, recommendation: Recommendation, reason: string): Promise<undefined> {
  const why = `not written back to the code: ${reason}`
  if (recommendation.change.why !== why)
    await deps.recommendations.save({ ...recommendation, change: { ...recommendation.change, why } })
  return undefined
}
