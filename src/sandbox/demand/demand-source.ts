import type { DemandFigures, DemandShape } from './demand-figures.js'
import { figuresOf } from './fitted-figures.js'
import { type DemandAt, generateDemand } from './generate-demand.js'
import { percentileOf } from './measure-series.js'
import { demandOfTrace, type Trace } from './trace.js'

/** Where a demand comes from, with its level: P99 over the fortnight before the anchor, or of the recording. */
export type DemandSource =
  | {
      readonly kind: 'generated'
      readonly shape: DemandShape
      readonly seed: number
      readonly p99: number
      /** Figures that differ from the shape's reference, e.g. another growth. */
      readonly figures?: Partial<DemandFigures>
    }
  | { readonly kind: 'trace'; readonly trace: Trace; readonly p99: number }
  | { readonly kind: 'function'; readonly at: DemandAt }

const stepMs = 300_000
const fortnightSteps = 4032

/** The demand of a source as a function of time. Growth is counted from `anchorMs`, usually the world's first now. */
export function demandFrom(source: DemandSource, anchorMs: number): DemandAt {
  if (source.kind === 'function') return source.at
  if (source.kind === 'trace') return demandOfTrace(source.trace, source.p99)
  const demand = generateDemand(source.seed, { ...figuresOf(source.shape), ...source.figures }, anchorMs)
  const factor = source.p99 / fortnightP99(demand, anchorMs)
  return (atMs) => factor * demand(atMs)
}

function fortnightP99(demand: DemandAt, anchorMs: number): number {
  const values = Float64Array.from({ length: fortnightSteps }, (_, step) => demand(anchorMs - (step + 1) * stepMs))
  return percentileOf(values.sort(), 99)
}
