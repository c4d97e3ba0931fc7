import { routeOf } from '../../core/decision/decide.js'
import { rank } from '../../core/decision/rank.js'
import type { Recommendation } from '../../core/model/recommendation.js'
import type { AnalysisFault, GroupAnalysis } from '../analyse/analyse-fleet.js'
import { applyScaleUp } from '../apply/apply-scale-up.js'
import type { Deps } from '../deps.js'
import { decideAndNote } from '../inputs/note-decision.js'
import type { Applied, DecidedGroup, Pass, ProposedPage } from '../pass/pass.js'
import { leftUndone, timeIsUp } from '../time-up.js'
import { announceApplied } from './announce-applied.js'
import { proposeInRepositories } from './propose-in-repositories.js'

export interface EngineOutcome {
  readonly decisions: readonly DecidedGroup[]
  readonly applied: readonly Applied[]
  readonly proposed: readonly ProposedPage[]
  readonly faults: readonly AnalysisFault[]
}

/** One recommendation with the group it is about. */
export interface Turn {
  readonly recommendation: Recommendation
  readonly analysis: GroupAnalysis
}

/**
 * Decides each recommendation, best first, and acts on it. Live scale-ups come first: they are urgent and independent,
 * and they may take minutes. Proposals follow, one repository after the other. One failing turn fails alone.
 */
export async function runEngine(
  deps: Deps,
  pass: Pick<Pass, 'groups'>,
  recommendations: readonly Recommendation[],
): Promise<EngineOutcome> {
  const byGroup = new Map(pass.groups.map((analysis) => [analysis.group.groupKey, analysis]))
  const turns = rank(recommendations).flatMap((recommendation) => {
    const analysis = byGroup.get(recommendation.groupKey)
    return analysis ? [{ recommendation, analysis }] : []
  })
  const live = await applyAll(deps, turns.filter(isLive))
  const reviewed = await proposeInRepositories(
    deps,
    turns.filter((turn) => !isLive(turn)),
  )
  return {
    decisions: [...live.decisions, ...reviewed.decisions],
    applied: live.applied,
    proposed: reviewed.proposed,
    faults: [...live.faults, ...reviewed.faults],
  }
}

function isLive({ recommendation, analysis }: Turn): boolean {
  return routeOf(recommendation, analysis.policy) === 'apply'
}

async function applyAll(deps: Deps, turns: readonly Turn[]): Promise<Omit<EngineOutcome, 'proposed'>> {
  const decisions: DecidedGroup[] = []
  const applied: Applied[] = []
  const faults: AnalysisFault[] = []
  for (const { recommendation, analysis } of turns) {
    if (timeIsUp(deps))
      return { decisions, applied, faults: [...faults, leftUndone('not every live change was decided')] }
    const { groupKey, id } = recommendation
    try {
      const decision = await decideAndNote(deps, analysis, recommendation, {
        recommendations: [],
        now: deps.clock.now(),
      })
      decisions.push({ groupKey, recommendationId: id, decision })
      const done = decision.kind === 'apply' ? await applyScaleUp(deps, analysis, recommendation) : undefined
      if (!done) continue
      applied.push(done)
      await announceApplied(deps, recommendation)
    } catch (error) {
      faults.push(turnFault(deps, recommendation, error))
    }
  }
  return { decisions, applied, faults }
}

/** A turn that failed, told in the journal; the others go on. */
export function turnFault(deps: Pick<Deps, 'journal'>, recommendation: Recommendation, error: unknown): AnalysisFault {
  deps.journal.failure('recommendation could not be acted on', error, { changeId: recommendation.changeId })
  return { scope: recommendation.groupKey, error: error instanceof Error ? error : new Error(String(error)) }
}
