import type { DemandFigures } from './demand-figures.js'
import { uniformAt } from './random-at.js'

const hourMs = 3_600_000
/** Hours after which the chain of states is drawn afresh: long against the runs, short enough to be cheap. */
const blockHours = 2016

/**
 * On and off by turns: the factor at an instant, 1 or the figures' `offLevel`. Hour by hour a two-state chain whose runs
 * have the given mean lengths (geometric, so some are long), drawn from its long-run share at each block's start.
 */
export function createCycle(seed: number, stream: number, cycle: DemandFigures['cycle']): (atMs: number) => number {
  if (cycle === undefined) return () => 1
  const blocks = new Map<number, readonly boolean[]>()
  return (atMs) => {
    const hour = Math.floor(atMs / hourMs)
    const block = Math.floor(hour / blockHours)
    const states = blocks.get(block) ?? runStates(seed, stream, cycle, block)
    blocks.set(block, states)
    return states[hour - block * blockHours] === true ? 1 : cycle.offLevel
  }
}

function runStates(
  seed: number,
  stream: number,
  cycle: NonNullable<DemandFigures['cycle']>,
  block: number,
): readonly boolean[] {
  const states: boolean[] = []
  let on = uniformAt(seed, stream, block * blockHours) < cycle.onHours / (cycle.onHours + cycle.offHours)
  for (let hour = 0; hour < blockHours; hour += 1) {
    states.push(on)
    const meanHours = on ? cycle.onHours : cycle.offHours
    if (uniformAt(seed, stream + 100, block * blockHours + hour) < 1 / Math.max(1, meanHours)) on = !on
  }
  return states
}
