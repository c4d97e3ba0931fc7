import type { ChangeState } from '../../core/model/change.js'
import type { Recommendation } from '../../core/model/recommendation.js'
import type { AnalysisFault } from '../analyse/group-analysis.js'
import type { PlacedGroup } from '../analyse/place-group.js'
import { readPlaced } from '../analyse/read-placed.js'
import type { Begun } from '../apply/begun.js'
import { reconcileApplication } from '../apply/reconcile-application.js'
import type { Deps } from '../deps.js'
import type { Estate } from '../estate/estate.js'
import type { Applied } from '../pass/pass.js'
import { announceApplied, isUntold } from './announce-applied.js'
import { endLiveChanges } from './end-live-changes.js'
import { followDeployment } from './follow-deployment.js'
import { followWriteBack } from './follow-write-back.js'
import { reconcileProposal } from './reconcile-proposal.js'
import { turnFaults } from './turn.js'
import { verifyChange } from './verify-change.js'

export interface Followed {
  readonly applied: readonly Applied[]
  readonly faults: readonly AnalysisFault[]
}

/**
 * Brings every change that was acted on up to date with the world: half-done live changes are finished or undone,
 * merged and closed pull requests are seen, deployments noticed, promises verified. Groups are read only for changes
 * that need them. One failing change fails alone.
 */
export async function followChanges(deps: Deps, estate: Estate): Promise<Followed> {
  const rows = await deps.recommendations.list({ limit: Number.POSITIVE_INFINITY })
  const keys = rows.filter(({ change }) => lookedAt.includes(change.state)).map(({ groupKey }) => groupKey)
  const { byKey, faults: unread } = await readPlaced(deps, estate, keys)
  const begun: Begun[] = []
  const faults: AnalysisFault[] = [...unread]
  for (const recommendation of rows) {
    try {
      const halfDone = await followOne(deps, recommendation, byKey.get(recommendation.groupKey))
      if (halfDone) begun.push(halfDone)
    } catch (error) {
      faults.push(...turnFaults(deps, recommendation, error))
    }
  }
  const ended = await endLiveChanges(deps, begun)
  return { applied: ended.applied, faults: [...faults, ...ended.faults] }
}

/** States in which a change is compared with its group as it is now. */
const lookedAt: readonly ChangeState[] = ['applying', 'rollingBack', 'merged', 'deployed']

/** A live change that was left half-done is begun again here and ended with the others. */
async function followOne(
  deps: Deps,
  recommendation: Recommendation,
  placed: PlacedGroup | undefined,
): Promise<Begun | undefined> {
  switch (recommendation.change.state) {
    case 'applying':
    case 'rollingBack':
      return placed && reconcileApplication(deps, placed, recommendation)
    case 'applied':
    case 'rolledBack':
    case 'failed':
      if (isUntold(recommendation)) await announceApplied(deps, recommendation)
      else if (deps.host) await followWriteBack(deps, deps.host, recommendation)
      return undefined
    case 'proposed':
    case 'refused':
    case 'snoozed':
      if (deps.host) await reconcileProposal(deps, deps.host, recommendation)
      return undefined
    case 'merged':
      if (placed) await followDeployment(deps, recommendation, placed.group)
      return undefined
    case 'deployed':
      if (placed) await verifyChange(deps, recommendation, placed)
      return undefined
    default:
      return undefined
  }
}
