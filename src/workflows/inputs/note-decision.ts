import { type DecisionInput, decide } from '../../core/decision/decide.js'
import type { Decision } from '../../core/model/decision.js'
import type { Recommendation } from '../../core/model/recommendation.js'
import type { IsoTime } from '../../core/model/units.js'
import type { PlacedGroup } from '../analyse/place-group.js'
import type { Deps } from '../deps.js'
import { decisionInputOf, type OpenWork } from '../engine/decide-recommendations.js'
import { isRecent, keptUntil } from './note-inputs.js'

/** Raised whenever older notes cannot be read any more. */
export const decisionVersion = 1

/** A decision of a run with all that it rests on. */
export interface NotedDecision {
  readonly version: number
  readonly at: IsoTime
  readonly input: Omit<DecisionInput, 'now'>
  readonly decision: Decision
}

export function decisionKey(changeId: string): string {
  return `decision#${changeId}`
}

/**
 * Decides one recommendation and notes the decision with its facts: when it differs from the noted one, else once a
 * day. A fault of the note is told in the journal only.
 */
export async function decideAndNote(
  deps: Deps,
  placed: PlacedGroup,
  recommendation: Recommendation,
  open: OpenWork,
): Promise<Decision> {
  const input = await decisionInputOf(deps, placed, recommendation, open)
  const decision = decide(input)
  try {
    await note(deps, input, decision)
  } catch (error) {
    deps.journal.failure('decision could not be noted', error, { changeId: recommendation.changeId })
  }
  return decision
}

async function note({ notebook }: Pick<Deps, 'notebook'>, { now, ...input }: DecisionInput, decision: Decision) {
  const key = decisionKey(input.recommendation.changeId)
  const noted = await notebook.read<NotedDecision>(key)
  const same = noted?.decision.kind === decision.kind && noted.decision.reason === decision.reason
  if (noted && same && isRecent(noted.at, now)) return
  const next: NotedDecision = { version: decisionVersion, at: now.toISOString(), input, decision }
  await notebook.write(key, next, keptUntil(now, input.policy))
}
