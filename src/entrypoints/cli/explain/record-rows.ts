import type { Scored } from '../../../core/model/scorecard.js'
import { coverageOf } from '../../../core/model/series.js'
import { type SignalName, type Signals, signalUnits } from '../../../core/model/signals.js'
import { rounded } from '../documents/document.js'
import type { ExplainDocument } from '../documents/explain.js'

/** Every series of the record: how much of the window it covers, or why it is unknown. */
export function sampleRows({ series }: Signals): ExplainDocument['samples'] {
  return (Object.keys(signalUnits) as readonly SignalName[]).map((signal) => {
    const fact = series[signal]
    return {
      signal,
      unit: signalUnits[signal],
      coveragePercent: fact.kind === 'known' ? rounded(coverageOf(fact.value), 1) : null,
      missing: fact.kind === 'unknown' ? fact.why : null,
    }
  })
}

/** Use over the window, in each metric's own unit. */
export function usageRows(scored: Scored): ExplainDocument['usage'] {
  if (scored.kind === 'unscored') return []
  return scored.scorecard.usage.map(({ metric, mean, p95, p995, max, maxAt }) => ({
    metric,
    mean: rounded(mean, 2),
    p95: rounded(p95, 2),
    p995: rounded(p995, 2),
    max: rounded(max, 2),
    maxAt,
  }))
}

/** The score and what each factor gave to it; null without one. */
export function scoreRow(scored: Scored): ExplainDocument['score'] {
  if (scored.kind === 'unscored') return null
  const { score, scoreBand, currentScore, efficiency, overallBand, diagnosis, bottlenecks, factors, notes } =
    scored.scorecard
  const oneDecimal = (value: number | undefined) => (value === undefined ? null : rounded(value, 1))
  return {
    score: rounded(score, 1),
    band: scoreBand,
    current: oneDecimal(currentScore),
    efficiency: oneDecimal(efficiency),
    overallBand,
    diagnosis,
    bottlenecks: [...bottlenecks],
    factors: factors.map(({ name, mark, weightPercent, sharePercent, missing }) => ({
      name,
      mark: oneDecimal(mark),
      weightPercent,
      sharePercent: rounded(sharePercent, 1),
      missing: missing ?? null,
    })),
    notes: [...notes],
  }
}
