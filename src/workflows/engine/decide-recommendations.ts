import { keptShareBy } from '../../core/cost/calibration.js'
import { type DecisionInput, decide, routeOf } from '../../core/decision/decide.js'
import type { ProposeFacts } from '../../core/decision/decide-propose.js'
import { openFreeze } from '../../core/decision/open-freeze.js'
import { rank } from '../../core/decision/rank.js'
import { replacementsUnderWay, unprovedInStaging } from '../../core/decision/roll-out.js'
import { known, unknown } from '../../core/model/fact.js'
import type { GroupFindings } from '../../core/model/group-report.js'
import { hold } from '../../core/model/hold.js'
import type { Recommendation } from '../../core/model/recommendation.js'
import type { PlacedGroup } from '../analyse/place-group.js'
import { gatherApplyFacts } from '../apply/gather-apply-facts.js'
import type { Deps } from '../deps.js'
import type { DecidedGroup } from '../pass/pass.js'
import type { Turn } from './turn.js'

/** What is out at this moment; the limits count against it. */
export interface OpenWork {
  readonly recommendations: readonly Recommendation[]
  readonly now: Date
}

/**
 * What the engine decides on each recommendation now, best first. Reads only. Proposals decided earlier in the list
 * count against the limits of later ones.
 */
export async function decideRecommendations(
  deps: Deps,
  at: Date,
  turns: readonly Turn[],
): Promise<readonly DecidedGroup[]> {
  const byId = new Map(turns.map((turn) => [turn.recommendation.id, turn]))
  const decided: DecidedGroup[] = []
  let open = await deps.recommendations.list({ limit: Number.POSITIVE_INFINITY })
  const recommendations = turns.map(({ recommendation }) => recommendation)
  for (const { id } of rank(recommendations, keptShareBy(open))) {
    const { recommendation, placed } = byId.get(id) as Turn
    const decision = await decideOne(deps, placed, recommendation, { recommendations: open, now: at })
    if (decision.kind === 'propose')
      open = [...open.filter((row) => row.id !== id), asProposed(recommendation, placed, at)]
    decided.push({ groupKey: recommendation.groupKey, recommendationId: id, decision })
  }
  return decided
}

/** The hold of a group without advice. */
export function quietDecision({ group, hold: reason }: GroupFindings): DecidedGroup {
  return { groupKey: group.groupKey, decision: reason ?? hold('well-sized', 'no advice') }
}

/** One decision with its facts gathered now. */
export async function decideOne(deps: Deps, placed: PlacedGroup, recommendation: Recommendation, open: OpenWork) {
  return decide(await decisionInputOf(deps, placed, recommendation, open))
}

/** Everything that one decision rests on, gathered now. */
export async function decisionInputOf(
  deps: Deps,
  placed: PlacedGroup,
  recommendation: Recommendation,
  open: OpenWork,
): Promise<DecisionInput> {
  const { policy } = placed
  const route = routeOf(recommendation, policy)
  const facts =
    route === 'apply'
      ? { apply: await gatherApplyFacts(deps, placed, recommendation) }
      : { propose: proposeFacts(placed, recommendation, open) }
  return { recommendation, policy, now: open.now, ...facts }
}

/** What decides a proposal, from what this run already read. */
export function proposeFacts(
  { policy, code, group }: PlacedGroup,
  recommendation: Recommendation,
  { recommendations, now }: OpenWork,
): ProposeFacts {
  const others = recommendations.filter((one) => one.id !== recommendation.id && isUnderWay(one))
  const repository = code.repository?.name
  const here = others.filter((one) => repositoryOf(one) === repository)
  const ahead = recommendations.filter(
    (one) => one.id !== recommendation.id && repositoryOf(one) === repository && !isBehind(one, recommendation),
  )
  const today = now.toISOString().slice(0, 10)
  const twin = unprovedInStaging(recommendation, recommendations, { promoteFrom: policy.promoteFrom, now })
  const faulty = code.repository !== undefined && code.repository.faults.length > 0
  return {
    mode: known(policy.mode),
    killSwitch: known(policy.killSwitch),
    freeze: known(openFreeze(policy, now)),
    codeMissing: faulty
      ? unknown(`the configuration of ${repository} has faults`)
      : known(code.kind === 'missing' && !code.refused ? code.why : undefined),
    otherChangeInFlight: known(others.find(({ groupKey }) => groupKey === group.groupKey)?.id),
    unprovedInStaging: known(twin && { id: twin.id, state: twin.change.state }),
    replacementsUnderWay: known(replacementsUnderWay(recommendation, here).map(({ id }) => id)),
    openPullRequests: known(ahead.filter(isWaiting).length),
    openedToday: known(ahead.filter((one) => openedAt(one)?.startsWith(today)).length),
  }
}

const underWay: readonly string[] = ['claimed', 'proposed', 'refused', 'applying', 'rollingBack', 'merged', 'deployed']

function isUnderWay({ change }: Recommendation): boolean {
  return underWay.includes(change.state)
}

/** A claim counts as the page that it is about to become: whoever made it may be opening it now. */
function isWaiting({ change }: Recommendation): boolean {
  return ['claimed', 'proposed', 'refused', 'snoozed'].includes(change.state)
}

/** Of two claims the earlier comes first, so that no two wait for each other. */
function isBehind(other: Recommendation, own: Recommendation): boolean {
  if (other.change.state !== 'claimed' || own.change.state !== 'claimed') return false
  return `${openedAt(other)} ${other.id}` > `${openedAt(own)} ${own.id}`
}

function repositoryOf({ change }: Recommendation): string | undefined {
  return (change.pullRequest ?? change.issue)?.repository ?? change.claimedIn
}

function openedAt({ change, updatedAt }: Recommendation): string | undefined {
  const opened = (change.pullRequest ?? change.issue)?.openedAt ?? change.claimedAt
  return opened ?? (change.state === 'claimed' ? updatedAt : undefined)
}

function asProposed(recommendation: Recommendation, { code }: PlacedGroup, at: Date): Recommendation {
  if (recommendation.change.pullRequest || recommendation.change.issue) return recommendation
  const pullRequest = {
    repository: code.repository?.name ?? '',
    number: 0,
    branch: '',
    contentHash: '',
    openedAt: at.toISOString(),
  }
  return { ...recommendation, change: { ...recommendation.change, state: 'proposed', pullRequest } }
}
