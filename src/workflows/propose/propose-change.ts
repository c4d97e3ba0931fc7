import type { Declined, PullRequestRef } from '../../core/model/change.js'
import type { Refused } from '../../core/model/code.js'
import type { Group } from '../../core/model/group.js'
import { shortHash } from '../../core/model/identity.js'
import type { Policy } from '../../core/model/policy.js'
import type { Recommendation } from '../../core/model/recommendation.js'
import { byHandTitle, byHandView } from '../../core/proposal/by-hand-page.js'
import { markerOf } from '../../core/proposal/marker.js'
import { proofRecord } from '../../core/proposal/proof-lines.js'
import {
  branchOf,
  commitMessageOf,
  type EarlierPromises,
  pullRequestView,
  titleOf,
} from '../../core/proposal/pull-request-page.js'
import type { PullRequestDraft, PullRequestState } from '../../ports.js'
import type { CodeHost, Deps } from '../deps.js'
import type { CodeOfGroup, Repository } from '../estate/estate.js'
import type { Guard } from '../lease.js'
import { editCode } from './edit-code.js'

export interface Proposal {
  readonly recommendation: Recommendation
  readonly group: Group
  readonly policy: Policy
  readonly code: CodeOfGroup
  readonly earlierNo?: Declined | undefined
  readonly promises?: EarlierPromises | undefined
  readonly staged?: Recommendation | undefined
}

export type Proposed =
  | { readonly kind: 'pull-request'; readonly recommendation: Recommendation; readonly state: PullRequestState }
  | { readonly kind: 'by-hand'; readonly recommendation: Recommendation; readonly refused: Refused }

/** Where a proposal is made, and the proof that this run may. */
interface Acting {
  readonly host: CodeHost
  readonly guard: Guard
  readonly proposal: Proposal
  readonly repository: Repository
}

type ProposeDeps = Pick<Deps, 'recommendations' | 'clock' | 'journal' | 'render' | 'syntax' | 'valuesOf' | 'stacks'>

/**
 * Brings one recommendation before people: a pull request with the smallest proved edit or, where the code cannot be
 * edited safely, an issue that says what to change by hand. The branch and the marker carry the change's name, so
 * running it again, or after a crash, finds what is there and finishes it. Throws `conflict` where the guard's lease is
 * lost before a write: another run goes on with the claim.
 */
export async function proposeChange(
  deps: ProposeDeps,
  host: CodeHost,
  proposal: Proposal,
  guard: Guard,
): Promise<Proposed | undefined> {
  const { code, group, recommendation } = proposal
  const refusal = code.kind === 'missing' ? code.refused : undefined
  const repository = code.repository
  if (!repository || (code.kind === 'missing' && !refusal)) return undefined
  const { from, to } = recommendation
  const outcome = code.kind === 'found' ? await editCode(deps, { code, group, from, to }) : (refusal as Refused)

  const acting = { host, guard, proposal, repository }
  if (outcome.kind === 'refused') return reportByHand(deps, acting, outcome)
  return openPullRequest(deps, acting, outcome)
}

type EditedCode = Extract<Awaited<ReturnType<typeof editCode>>, { kind: 'edited' }>

function draftOf(deps: ProposeDeps, proposal: Proposal, repository: Repository, edited: EditedCode): PullRequestDraft {
  const { recommendation, policy } = proposal
  const view = pullRequestView({ ...proposal, proof: edited.proof })
  return {
    branch: branchOf(recommendation),
    title: titleOf(recommendation),
    body: deps.render('pull-request', view),
    commitMessage: commitMessageOf(recommendation, edited.proof),
    files: edited.files,
    baseSha: repository.sha,
    labels: ['trimtab', ...policy.pullRequests.labels],
    reviewers: policy.pullRequests.reviewers,
  }
}

async function openPullRequest(
  deps: ProposeDeps,
  { host, guard, proposal, repository }: Acting,
  edited: EditedCode,
): Promise<Proposed | undefined> {
  const draft = draftOf(deps, proposal, repository, edited)
  await guard.check()
  const claimed = await claim(deps, proposal.recommendation, repository.name)
  if (!claimed) return undefined
  const known = claimed.change.pullRequest
  const contentHash = contentHashOf(claimed)
  if (known?.contentHash === contentHash) {
    if (claimed.change.state !== 'proposed') await deps.recommendations.save(awake(claimed, 'proposed'))
    return undefined
  }
  guard.assertHeld()
  const state = known
    ? await host.pullRequests.update(repository.name, known.number, draft)
    : await host.pullRequests.open(repository.name, draft)

  const pullRequest: PullRequestRef = {
    repository: repository.name,
    number: state.number,
    branch: draft.branch,
    contentHash,
    openedAt: known?.openedAt ?? deps.clock.now().toISOString(),
  }
  const { change } = awake(claimed, 'proposed')
  const saved = await deps.recommendations.save({
    ...claimed,
    change: { ...change, pullRequest, proof: proofRecord(edited.proof) },
  })
  deps.journal.outcome('pull request proposed', {
    changeId: claimed.changeId,
    groupKey: claimed.groupKey,
    repository: repository.name,
    number: state.number,
  })
  return { kind: 'pull-request', recommendation: saved ?? claimed, state }
}

/** A change that waits for people again, and is no longer snoozed. */
function awake(recommendation: Recommendation, state: 'proposed' | 'refused'): Recommendation {
  const { snoozedUntil: _over, ...change } = recommendation.change
  return { ...recommendation, change: { ...change, state } }
}

/** Intent before the act: the row says `claimed` before anything is opened. A row that moved on is left alone. */
async function claim(
  deps: ProposeDeps,
  recommendation: Recommendation,
  claimedIn: string,
): Promise<Recommendation | undefined> {
  const { change } = recommendation
  if (change.state !== 'recorded') return recommendation
  const claimedAt = deps.clock.now().toISOString()
  return deps.recommendations.save({ ...recommendation, change: { ...change, state: 'claimed', claimedIn, claimedAt } })
}

async function reportByHand(
  deps: ProposeDeps,
  { host, guard, proposal, repository }: Acting,
  refused: Refused,
): Promise<Proposed | undefined> {
  const { group, policy } = proposal
  await guard.check()
  const claimed = await claim(deps, proposal.recommendation, repository.name)
  const contentHash = shortHash(`${refused.hint} ${contentHashOf(proposal.recommendation)}`)
  if (!claimed) return undefined
  if (claimed.change.issue?.contentHash === contentHash) {
    if (claimed.change.state === 'snoozed') await deps.recommendations.save(awake(claimed, 'refused'))
    return undefined
  }
  guard.assertHeld()
  const issue = await host.issues.upsert(repository.name, {
    marker: markerOf('refusal', claimed.changeId),
    title: byHandTitle(titleOf(claimed)),
    body: deps.render('by-hand', byHandView(claimed, group, refused, policy)),
    labels: policy.pullRequests.labels,
  })

  const change = {
    ...awake(claimed, 'refused').change,
    why: refused.hint,
    issue: {
      repository: repository.name,
      number: issue.number,
      contentHash,
      openedAt: claimed.change.issue?.openedAt ?? deps.clock.now().toISOString(),
    },
  }
  const saved = await deps.recommendations.save({ ...claimed, change })
  deps.journal.outcome('edit refused, issue written', {
    changeId: claimed.changeId,
    groupKey: claimed.groupKey,
    reason: refused.reason,
    number: issue.number,
  })
  return { kind: 'by-hand', recommendation: saved ?? claimed, refused }
}

/** Pages are rewritten when what they ask for changes, or the saving by about a tenth: never for the passing of time. */
export function contentHashOf(recommendation: Recommendation): string {
  const { from, to, monthlyUsd } = recommendation
  const rounded = monthlyUsd === 0 ? 0 : Number(monthlyUsd.toPrecision(1))
  return shortHash(JSON.stringify([from, to, rounded]))
}
