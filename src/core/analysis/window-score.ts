import type { Policy } from '../model/policy.js'
import type { Factor, FactorName } from '../model/scorecard.js'
import type { Signals } from '../model/signals.js'
import { capacityReader, knownSeries, readerOf } from './known-series.js'
import { factorNames, factorWeights, knownWeight, type Marks, marksOf, scoreOf } from './score.js'

/** Steps that make the current score: three complete 5-minute points (DESIGN.md section 5). */
export const currentSteps = 3

/** The score of a window and what it is made of; undefined where no step knows CPU. */
export interface WindowScore {
  readonly score: number
  readonly currentScore: number | undefined
  readonly factors: readonly Factor[]
}

interface Tally {
  readonly markSum: Record<FactorName, number>
  readonly known: Record<FactorName, number>
  readonly shareSum: Record<FactorName, number>
  scoreSum: number
  currentSum: number
  currentKnown: number
  scored: number
}

/**
 * Time-mean of the steps' scores. A step without CPU is not scored; a step without another factor is re-weighted over
 * what it knows, so a factor's share is what it really weighed in the window.
 */
export function windowScore(signals: Signals, policy: Policy): WindowScore | undefined {
  const tally = emptyTally()
  const { steps } = signals.window
  const marksAt = marksReader(signals, policy)
  for (let step = 0; step < steps; step += 1) {
    const marks = marksAt(step)
    if (marks !== undefined) count(tally, marks, step >= steps - currentSteps)
  }
  if (tally.scored === 0) return undefined
  return {
    score: tally.scoreSum / tally.scored,
    currentScore: tally.currentKnown === 0 ? undefined : tally.currentSum / tally.currentKnown,
    factors: factorNames.map((name) => factorOf(name, tally, signals)),
  }
}

/** The score of each step of the window, oldest first; undefined where CPU is not known. */
export function stepScores(signals: Signals, policy: Policy): readonly (number | undefined)[] {
  const marksAt = marksReader(signals, policy)
  return Array.from({ length: signals.window.steps }, (_, step) => {
    const marks = marksAt(step)
    return marks && scoreOf(marks)
  })
}

/** Marks of a step; undefined where CPU is not known. */
function marksReader(signals: Signals, policy: Policy): (step: number) => Marks | undefined {
  const cpuAt = readerOf(signals, 'cpuAverage')
  const memoryAt = readerOf(signals, 'memory')
  const capacityAt = capacityReader(signals)
  const responseAt = readerOf(signals, 'responseTime')
  const target = policy.thresholds.responseTimeTargetMs
  return (step) => {
    const cpu = cpuAt(step)
    if (cpu === undefined) return undefined
    const responseMs = responseAt(step)
    const responseTime = responseMs === undefined ? undefined : (responseMs / target) * 100
    return marksOf({ cpu, memory: memoryAt(step), capacity: capacityAt(step), responseTime })
  }
}

function count(tally: Tally, marks: Marks, current: boolean): void {
  const score = scoreOf(marks)
  tally.scored += 1
  tally.scoreSum += score
  if (current) {
    tally.currentSum += score
    tally.currentKnown += 1
  }
  const weight = knownWeight(marks)
  for (const name of factorNames) {
    const mark = marks[name]
    if (mark === undefined) continue
    tally.markSum[name] += mark
    tally.known[name] += 1
    tally.shareSum[name] += (factorWeights[name] / weight) * 100
  }
}

function factorOf(name: FactorName, tally: Tally, signals: Signals): Factor {
  const known = tally.known[name]
  const base = {
    name,
    weightPercent: factorWeights[name],
    sharePercent: tally.shareSum[name] / tally.scored,
  }
  if (known > 0) return { ...base, mark: tally.markSum[name] / known }
  return { ...base, mark: undefined, missing: whyMissing(name, signals) }
}

function whyMissing(name: FactorName, signals: Signals): string {
  if (name === 'capacity' && signals.group.maxSize <= 0) return 'the maximum size is 0'
  const signal = { cpu: 'cpuAverage', memory: 'memory', capacity: 'inService', responseTime: 'responseTime' } as const
  const fact = knownSeries(signals, signal[name])
  return fact.kind === 'unknown' ? fact.why : 'its data points and those of CPU never coincide'
}

function emptyTally(): Tally {
  const zero = () => ({ cpu: 0, memory: 0, capacity: 0, responseTime: 0 })
  return {
    markSum: zero(),
    known: zero(),
    shareSum: zero(),
    scoreSum: 0,
    currentSum: 0,
    currentKnown: 0,
    scored: 0,
  }
}
