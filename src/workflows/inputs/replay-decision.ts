import { analyse } from '../../core/analysis/analyse.js'
import { decide } from '../../core/decision/decide.js'
import type { Decision } from '../../core/model/decision.js'
import type { Advice } from '../../core/model/recommendation.js'
import type { Scored } from '../../core/model/scorecard.js'
import { plan } from '../../core/planning/plan.js'
import type { Inputs } from './inputs.js'
import type { NotedDecision } from './note-decision.js'
import type { NotedInputs } from './read-inputs.js'

/** One figure that does not come out as it was recorded; undefined where it is not there at all. */
export interface Difference {
  /** Where it stands, such as `advice.minSize.to.minSize`. */
  readonly figure: string
  readonly recorded: unknown
  readonly recomputed: unknown
}

export interface Replayed {
  /** How many figures were compared. */
  readonly figures: number
  readonly differences: readonly Difference[]
}

/** What the stages make of recorded inputs. */
interface Outcome {
  readonly scored: Scored
  /** By property. */
  readonly advice: Readonly<Record<string, Advice>>
  readonly decision?: Decision
}

/** Runs score, plan and decision again on recorded inputs and compares every figure with what was recorded. */
export function replayDecision({ inputs, decision }: NotedInputs): Replayed {
  const recorded = figuresOf({
    scored: inputs.scored,
    advice: byProperty(inputs.advice),
    ...(decision && { decision: decision.decision }),
  })
  const recomputed = figuresOf({ ...recompute(inputs), ...(decision && { decision: decideAgain(decision) }) })
  const figures = [...new Set([...recorded.keys(), ...recomputed.keys()])]
  return {
    figures: figures.length,
    differences: figures
      .map((figure) => ({ figure, recorded: recorded.get(figure), recomputed: recomputed.get(figure) }))
      .filter(({ recorded: was, recomputed: is }) => was !== is),
  }
}

function recompute({ signals, policy, catalogue, group }: Inputs): Outcome {
  const type = group.launch.kind === 'known' ? group.launch.value.instanceType : undefined
  const scored = analyse(signals, policy, type === undefined ? undefined : catalogue.types.get(type))
  return { scored, advice: byProperty(plan({ signals, scored, catalogue, policy, group }).advice) }
}

function decideAgain({ input, at }: NotedDecision): Decision {
  return decide({ ...input, now: new Date(at) })
}

function byProperty(advice: readonly Advice[]): Readonly<Record<string, Advice>> {
  return Object.fromEntries(advice.map((one) => [one.property, one]))
}

/** Every leaf of the outcome by its path, as JSON keeps it. */
function figuresOf(outcome: Outcome): ReadonlyMap<string, unknown> {
  const leaves = new Map<string, unknown>()
  const walk = (value: unknown, path: string): void => {
    if (value === null || typeof value !== 'object') leaves.set(path, value)
    else for (const [key, part] of Object.entries(value)) walk(part, path === '' ? key : `${path}.${key}`)
  }
  walk(JSON.parse(JSON.stringify(outcome)), '')
  return leaves
}
