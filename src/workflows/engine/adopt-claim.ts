import type { Change } from '../../core/model/change.js'
import type { Recommendation } from '../../core/model/recommendation.js'
import { markerOf } from '../../core/proposal/marker.js'
import { branchOf } from '../../core/proposal/pull-request-page.js'
import type { CodeHost, Deps } from '../deps.js'

/**
 * Takes up a claim that a crash left: what was opened under its name is found and belongs to the row again. Undefined
 * when nothing was opened.
 */
export async function adoptClaim(
  deps: Pick<Deps, 'recommendations' | 'clock'>,
  host: CodeHost,
  claimed: Recommendation,
): Promise<Recommendation | undefined> {
  const { claimedIn: repository } = claimed.change
  if (repository === undefined) return undefined
  const found = (await pullRequestOf(host, repository, claimed)) ?? (await issueOf(host, repository, claimed))
  if (!found) return undefined
  // What it says is not known: an empty hash lets the next proposal rewrite it where it differs.
  const ref = { repository, contentHash: '', openedAt: claimed.change.claimedAt ?? deps.clock.now().toISOString() }
  return deps.recommendations.save({ ...claimed, change: { ...claimed.change, ...found(ref) } })
}

type Ref = { readonly repository: string; readonly contentHash: string; readonly openedAt: string }
type Found = (ref: Ref) => Partial<Change>

async function pullRequestOf(host: CodeHost, repository: string, claimed: Recommendation): Promise<Found | undefined> {
  const branch = branchOf(claimed)
  const seen = await host.pullRequests.find(repository, branch)
  return seen && ((ref) => ({ state: 'proposed', pullRequest: { ...ref, number: seen.number, branch } }))
}

async function issueOf(host: CodeHost, repository: string, claimed: Recommendation): Promise<Found | undefined> {
  const seen = await host.issues.find(repository, markerOf('refusal', claimed.changeId))
  return seen && ((ref) => ({ state: 'refused', issue: { ...ref, number: seen.number } }))
}
