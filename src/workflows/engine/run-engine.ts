import { keptShareBy } from '../../core/cost/calibration.js'
import { routeOf } from '../../core/decision/decide.js'
import { rank } from '../../core/decision/rank.js'
import type { Recommendation } from '../../core/model/recommendation.js'
import type { AnalysisFault } from '../analyse/group-analysis.js'
import { beginScaleUp } from '../apply/begin-scale-up.js'
import type { Begun } from '../apply/begun.js'
import type { Deps } from '../deps.js'
import { decideAndNote } from '../inputs/note-decision.js'
import type { Applied, DecidedGroup, ProposedPage } from '../pass/pass.js'
import { leftUndone, timeIsUp } from '../time-up.js'
import { endLiveChanges } from './end-live-changes.js'
import { proposeInRepositories } from './propose-in-repositories.js'
import { type Turn, turnFaults } from './turn.js'

export interface EngineOutcome {
  readonly decisions: readonly DecidedGroup[]
  readonly applied: readonly Applied[]
  readonly proposed: readonly ProposedPage[]
  readonly faults: readonly AnalysisFault[]
}

/**
 * Decides each recommendation, best first, and acts on it; `rows` are all stored ones, for the ranking. Live scale-ups come first: they are urgent and independent,
 * and they may take minutes. Proposals follow, one repository after the other. One failing turn fails alone.
 */
export async function runEngine(
  deps: Deps,
  turns: readonly Turn[],
  rows: readonly Recommendation[],
): Promise<EngineOutcome> {
  const byId = new Map(turns.map((turn) => [turn.recommendation.id, turn]))
  const ranked = rank(
    turns.map(({ recommendation }) => recommendation),
    keptShareBy(rows),
  ).flatMap(({ id }) => byId.get(id) ?? [])
  const live = await applyAll(deps, ranked.filter(isLive))
  const reviewed = await proposeInRepositories(
    deps,
    ranked.filter((turn) => !isLive(turn)),
  )
  return {
    decisions: [...live.decisions, ...reviewed.decisions],
    applied: live.applied,
    proposed: reviewed.proposed,
    faults: [...live.faults, ...reviewed.faults],
  }
}

function isLive({ recommendation, placed }: Turn): boolean {
  return routeOf(recommendation, placed.policy) === 'apply'
}

/** Begins one after the other, since what one adds is in the hourly cost that the next one reads; watches all together. */
async function applyAll(deps: Deps, turns: readonly Turn[]): Promise<Omit<EngineOutcome, 'proposed'>> {
  const decisions: DecidedGroup[] = []
  const begun: Begun[] = []
  const faults: AnalysisFault[] = []
  for (const { recommendation, placed } of turns) {
    if (timeIsUp(deps)) {
      faults.push(leftUndone('not every live change was decided'))
      break
    }
    const { groupKey, id } = recommendation
    try {
      const decision = await decideAndNote(deps, placed, recommendation, {
        recommendations: [],
        now: deps.clock.now(),
      })
      decisions.push({ groupKey, recommendationId: id, decision })
      const started = decision.kind === 'apply' ? await beginScaleUp(deps, placed, recommendation) : undefined
      if (started) begun.push(started)
    } catch (error) {
      faults.push(...turnFaults(deps, recommendation, error))
    }
  }
  const ended = await endLiveChanges(deps, begun)
  return { decisions, applied: ended.applied, faults: [...faults, ...ended.faults] }
}
