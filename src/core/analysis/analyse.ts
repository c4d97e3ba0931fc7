import { inServiceCount } from '../model/group.js'
import type { InstanceType } from '../model/instance-type.js'
import type { Policy } from '../model/policy.js'
import type { Scorecard, Scored } from '../model/scorecard.js'
import { type SignalName, type Signals, signalUnits } from '../model/signals.js'
import type { Percent } from '../model/units.js'
import { cpuBandOf, efficiencyBandOf, overallBandOf, scoreBandOf } from './bands.js'
import { bottlenecksOf } from './bottlenecks.js'
import { diagnose } from './diagnosis.js'
import { efficiencyOf } from './efficiency.js'
import { hourOfWeekProfile } from './hour-of-week.js'
import { knownSeries, meanOver, readerOf } from './known-series.js'
import { notesOf } from './notes.js'
import { breachMinutesOf, thresholdChecks } from './thresholds.js'
import { trendOf } from './trend.js'
import { usageOf } from './usage.js'
import { windowScore } from './window-score.js'

const signalNames = Object.keys(signalUnits) as readonly SignalName[]

/** Signals whose drift means something; limits and desired capacity are settings, not use. */
const trended: readonly SignalName[] = [
  'cpuAverage',
  'memory',
  'networkIn',
  'networkOut',
  'inService',
  'responseTime',
  'requests',
]

/**
 * The scorecard of one group over one window (DESIGN.md section 5, S14–S23, S59–S60). Without CPU there is none.
 * `type` is the group's instance type; without it network and CPU credits are never named as bottlenecks.
 */
export function analyse(signals: Signals, policy: Policy, type?: InstanceType): Scored {
  const cpu = knownSeries(signals, 'cpuAverage')
  if (cpu.kind === 'unknown') return { kind: 'unscored', why: `CPU is unknown: ${cpu.why}` }
  const scored = windowScore(signals, policy)
  const cpuUse = usageOf('cpuAverage', cpu.value)
  if (scored === undefined || cpuUse === undefined) return { kind: 'unscored', why: 'CPU is unknown in every step' }
  const usage = signalNames.flatMap((name) => summaryOf(signals, name))
  const bottlenecks = bottlenecksOf(signals, policy, type)
  const efficiency = windowEfficiency(signals, cpuUse.mean)
  const scorecard: Scorecard = {
    window: signals.window,
    ...scored,
    scoreBand: scoreBandOf(scored.score),
    efficiency,
    efficiencyBand: efficiency === undefined ? undefined : efficiencyBandOf(efficiency),
    overallBand: overallBandOf(scored.score, efficiency),
    diagnosis: diagnose({ signals, policy, usage, bottlenecks }),
    cpuBand: cpuBandOf(cpuUse.mean),
    bottlenecks,
    usage,
    trends: trended.flatMap((name) => trendsOf(signals, name)),
    hourOfWeekCpu: hourOfWeekProfile(cpu.value),
    breaches: thresholdChecks(signals, policy),
    breachMinutes: breachMinutesOf(signals, policy),
    notes: notesOf({ signals, factors: scored.factors, efficiency, type, cpuUse }),
  }
  return { kind: 'scored', scorecard }
}

/**
 * Efficiency of the window's means. Instances in service come from the record, or from the fresh read of the group
 * where they were not recorded; likewise the maximum.
 */
function windowEfficiency(signals: Signals, cpu: Percent): Percent | undefined {
  const mean = (name: SignalName) => meanOver(signals.window.steps, readerOf(signals, name))
  return efficiencyOf({
    cpu,
    memory: mean('memory'),
    instances: mean('inService') ?? inServiceCount(signals.group),
    maxSize: mean('max') ?? signals.group.maxSize,
  })
}

function summaryOf(signals: Signals, name: SignalName) {
  const fact = knownSeries(signals, name)
  const summary = fact.kind === 'known' ? usageOf(name, fact.value) : undefined
  return summary === undefined ? [] : [summary]
}

function trendsOf(signals: Signals, name: SignalName) {
  const fact = knownSeries(signals, name)
  const trend = fact.kind === 'known' ? trendOf(name, fact.value) : undefined
  return trend === undefined ? [] : [trend]
}
