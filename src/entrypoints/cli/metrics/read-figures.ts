import { analyse } from '../../../core/analysis/analyse.js'
import { cpuBandOf, efficiencyBandOf, overallBandOf, scoreBandOf } from '../../../core/analysis/bands.js'
import { currentSteps, stepScores } from '../../../core/analysis/window-score.js'
import { type Fact, factValue, known, unknown } from '../../../core/model/fact.js'
import type { Policy } from '../../../core/model/policy.js'
import { knownValues, type Series, timeOf, valueAt } from '../../../core/model/series.js'
import { type SignalName, type Signals, signalUnits } from '../../../core/model/signals.js'
import type { PlacedGroup } from '../../../workflows/analyse/place-group.js'
import { lastHours } from '../../../workflows/analyse/windows.js'
import type { Deps } from '../../../workflows/deps.js'
import { rounded } from '../documents/document.js'
import type { Figure, MetricsGroup } from '../documents/metrics.js'
import { metricRows } from './metric-rows.js'

/** A group's figures, and its CPU means and scores for a picture: oldest first, gaps undefined. */
export interface GroupReading {
  readonly figures: MetricsGroup
  readonly cpu: readonly (number | undefined)[]
  readonly scores: readonly (number | undefined)[]
}

/** A figure and the word of its band, before it is rounded. */
type Judged = Fact<NonNullable<Figure>>

/** Groups whose series are asked for together. */
const batchSize = 25

/** The figures of groups over the last hours, up to the last complete step. */
export async function readFigures(
  deps: Pick<Deps, 'clock' | 'signals'>,
  placed: readonly PlacedGroup[],
  periodHours: number,
): Promise<readonly GroupReading[]> {
  const policies = new Map(placed.map(({ group, policy }) => [group.groupKey, policy]))
  const policyOf = ({ groupKey }: { readonly groupKey: string }) => policies.get(groupKey) as Policy
  const window = lastHours(deps.clock.now(), periodHours)
  const readings: GroupReading[] = []
  for (let start = 0; start < placed.length; start += batchSize) {
    const groups = placed.slice(start, start + batchSize).map(({ group }) => group)
    const answers = await deps.signals.read(groups, window, policyOf)
    for (const group of groups) {
      const signals = answers.get(group.groupKey)
      if (!signals) throw new Error(`reading the metrics of ${group.groupKey}: the reader gave no answer`)
      readings.push(readingOf({ ...signals, group }, policyOf(group), periodHours))
    }
  }
  return readings
}

function readingOf(signals: Signals, policy: Policy, periodHours: number): GroupReading {
  const { groupKey, environment } = signals.group
  const facts = {
    cpuAverage: judgedCpu(signals.series.cpuAverage, mean),
    cpuMaximum: judgedCpu(signals.series.cpuMaximum, (values) => Math.max(...values)),
    ...currentFigures(signals, policy),
  }
  const figures = {
    cpuAverage: figureOf(facts.cpuAverage),
    cpuMaximum: figureOf(facts.cpuMaximum),
    score: figureOf(facts.score),
    efficiency: figureOf(facts.efficiency),
  }
  const whys = [facts.cpuAverage, facts.cpuMaximum, facts.score, facts.efficiency]
  const missing = missingSentences(
    metricRows(figures, periodHours).map(({ metric }) => metric),
    whys,
  )
  const cpu = factValue(signals.series.cpuAverage)
  return {
    figures: { groupKey, environment, ...figures, overall: figureOf(facts.overall), missing },
    cpu: Array.from({ length: signals.window.steps }, (_, step) => cpu && valueAt(cpu, step)),
    scores: stepScores(signals, policy),
  }
}

function figureOf(fact: Judged): Figure {
  return fact.kind === 'known' ? { value: rounded(fact.value.value, 1), status: fact.value.status } : null
}

/** Why figures are missing, one sentence for each reason, with the names of the rows that lack it. */
function missingSentences(metrics: readonly string[], facts: readonly Judged[]): readonly string[] {
  const byReason = new Map<string, string[]>()
  for (const [at, fact] of facts.entries()) {
    if (fact.kind === 'unknown') byReason.set(fact.why, [...(byReason.get(fact.why) ?? []), metrics[at] as string])
  }
  return [...byReason].map(([why, lacking]) => `no data for ${lacking.join(', ')}: ${why}`)
}

/** Score and efficiency of the last complete steps alone: what the pages and the published metric call current. */
function currentFigures(
  signals: Signals,
  policy: Policy,
): Readonly<Record<'score' | 'efficiency' | 'overall', Judged>> {
  const scored = analyse(lastSteps(signals, currentSteps), policy)
  if (scored.kind === 'unscored') {
    const minutes = (currentSteps * signals.window.periodSeconds) / 60
    const why = unknown(`the last ${minutes} minutes have no score: ${scored.why}`)
    return { score: why, efficiency: why, overall: why }
  }
  const { score, efficiency } = scored.scorecard
  const overall = efficiency === undefined ? score : (score + efficiency) / 2
  return {
    score: known({ value: score, status: scoreBandOf(score) }),
    efficiency:
      efficiency === undefined
        ? unknown(`no instance can run: maxSize is ${signals.group.maxSize}`)
        : known({ value: efficiency, status: efficiencyBandOf(efficiency) }),
    overall: known({ value: overall, status: overallBandOf(score, efficiency) }),
  }
}

function judgedCpu(fact: Fact<Series>, of: (values: readonly number[]) => number): Judged {
  if (fact.kind === 'unknown') return fact
  const values = knownValues(fact.value)
  if (values.length === 0) return unknown('the metric has no points in the period')
  const value = of(values)
  return known({ value, status: cpuBandOf(value) })
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** The same signals cut to their last steps. */
function lastSteps(signals: Signals, steps: number): Signals {
  const skipped = Math.max(0, signals.window.steps - steps)
  const startAt = timeOf(signals.window, skipped)
  const cut = ({ samples, ...series }: Series): Series => ({ ...series, startAt, samples: samples.slice(skipped) })
  const names = Object.keys(signalUnits) as readonly SignalName[]
  const series = Object.fromEntries(
    names.map((name) => {
      const fact = signals.series[name]
      return [name, fact.kind === 'known' ? known(cut(fact.value)) : fact]
    }),
  ) as Signals['series']
  return { ...signals, window: { ...signals.window, startAt, steps: signals.window.steps - skipped }, series }
}
