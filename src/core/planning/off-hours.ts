import { quantile } from 'simple-statistics'
import type { Advice } from '../model/recommendation.js'
import type { UsdPerMonth } from '../model/units.js'
import { describe } from './describe.js'
import type { Evaluation } from './evaluate.js'
import { evidenceOf, memoryBasis } from './evidence.js'
import { savingObjection } from './limits.js'
import { priorityOf } from './priority.js'
import type { Study } from './study.js'

const hoursPerWeek = 168
/** An hour of the week is idle when no step in it, in any week, needed more than this share of the P95 demand. */
const idleSharePercent = 3
const idleRequestsPerSecond = 0.02
/** Shorter pauses are not worth a stop and a start. */
const fewestHours = 5
const fewestWeeks = 2
const dayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const

/**
 * Advice to stop a group outside production in hours of the week in which it never did anything; undefined where it
 * has a schedule or too little of the window is known. Worth it alone and with the other advice (`after`) applied.
 */
export function offHoursAdvice(study: Study, today: Evaluation, after: Evaluation): Advice | undefined {
  const { group, policy } = study
  if (policy.environment === 'production' || group.environmentFrom === 'default') return undefined
  const idle = longRuns(idleHours(study))
  const count = idle.filter((hour) => hour).length
  if (count === 0 || count === hoursPerWeek || today.usdPerMonth === undefined) return undefined
  const costWithout = (base: Evaluation, usd: number) => usd * (1 - idleShareOfHours(study, base, idle))
  const usdAfter = costWithout(today, today.usdPerMonth)
  const alone = { usdBefore: today.usdPerMonth, usdAfter, disruptionShare: 0 }
  const usdOnTop = after.usdPerMonth ?? today.usdPerMonth
  const onTop = { usdBefore: usdOnTop, usdAfter: costWithout(after, usdOnTop), disruptionShare: 0 }
  if (savingObjection(policy, alone) !== undefined || savingObjection(policy, onTop) !== undefined) return undefined
  return adviceOf(study, idle, { usdBefore: today.usdPerMonth, usdAfter })
}

function adviceOf(
  study: Study,
  idle: readonly boolean[],
  { usdBefore, usdAfter }: { readonly usdBefore: UsdPerMonth; readonly usdAfter: UsdPerMonth },
): Advice {
  const { group, policy, signals } = study
  const type = 'COST_OPTIMIZATION'
  const riskLevel = 'MEDIUM'
  const monthlyUsd = usdBefore - usdAfter
  const costSavings = (monthlyUsd / usdBefore) * 100
  const to = { schedule: `stopped ${describeHours(idle)} UTC` }
  const hours = idle.filter((hour) => hour).length
  return {
    type,
    priority: priorityOf({ type, monthlyUsd, costSavingsPercent: costSavings, riskLevel, breaching: false }),
    property: 'schedule',
    groupKey: group.groupKey,
    environment: policy.environment,
    description: describe({
      property: 'schedule',
      groupName: group.name,
      from: {},
      to,
      costSavingsPercent: costSavings,
    }),
    from: { schedule: 'always running' },
    to,
    monthlyUsd,
    expectedImpact: { costSavings, riskLevel },
    implementation: {
      automated: false,
      steps: ['Add scheduled actions that set minimum and desired capacity to 0 and back', 'Deploy the change'],
      estimatedDuration: '30-60 minutes',
    },
    evidence: {
      ...evidenceOf(signals, group, to, policy.sizing.demandMargin),
      memory: memoryBasis(study),
      priceSource: `${study.price.source}, ${study.price.asOf}`,
      notes: [
        `In ${hours} hours of the week the demand was under ${idleSharePercent} % of its P95, in every week of the window.`,
      ],
    },
  }
}

/** For each hour of the week from Monday 00:00 UTC: whether all its steps, in at least two weeks, were idle. */
function idleHours(study: Study): readonly boolean[] {
  const { demand } = study
  const idleVcpus = (quantile(known(demand.vcpus), 0.95) * idleSharePercent) / 100
  const startMs = Date.parse(demand.span.startAt)
  const busy = new Array<boolean>(hoursPerWeek).fill(false)
  const steps = new Array<number>(hoursPerWeek).fill(0)
  demand.vcpus.forEach((vcpus, step) => {
    const hour = hourOfWeek(startMs + step * demand.span.periodSeconds * 1000)
    const requests = demand.requestsPerSecond?.[step]
    if (vcpus > idleVcpus || (requests !== undefined && requests > idleRequestsPerSecond)) busy[hour] = true
    if (!Number.isNaN(vcpus)) steps[hour] = (steps[hour] as number) + 1
  })
  const enough = (fewestWeeks * 3600) / demand.span.periodSeconds
  return busy.map((isBusy, hour) => !isBusy && (steps[hour] as number) >= enough)
}

function known(values: Float64Array): number[] {
  return [...values].filter((value) => !Number.isNaN(value))
}

/** Hour of the week of an instant, 0 for Monday 00:00 UTC (1 January 1970 was a Thursday). */
function hourOfWeek(ms: number): number {
  return (Math.floor(ms / 3_600_000) + 72) % hoursPerWeek
}

function longRuns(idle: readonly boolean[]): readonly boolean[] {
  return idle.map((isIdle, hour) => {
    if (!isIdle) return false
    let length = 1
    for (let back = 1; back < hoursPerWeek && idle[(hour - back + hoursPerWeek) % hoursPerWeek]; back++) length++
    for (let on = 1; on < hoursPerWeek && idle[(hour + on) % hoursPerWeek]; on++) length++
    return length >= fewestHours
  })
}

function idleShareOfHours({ demand }: Study, today: Evaluation, idle: readonly boolean[]): number {
  const startMs = Date.parse(demand.span.startAt)
  let all = 0
  let saved = 0
  demand.vcpus.forEach((vcpus, step) => {
    if (Number.isNaN(vcpus)) return
    const billed = today.trajectory.billed[step] as number
    all += billed
    if (idle[hourOfWeek(startMs + step * demand.span.periodSeconds * 1000)]) saved += billed
  })
  return saved / all
}

/** @example describeHours(idle) // 'Mon 20:00–Tue 06:00, Fri 20:00–Mon 06:00' */
function describeHours(idle: readonly boolean[]): string {
  const starts = idle.flatMap((isIdle, hour) =>
    isIdle && !idle[(hour + hoursPerWeek - 1) % hoursPerWeek] ? [hour] : [],
  )
  const spans = starts.map((start) => {
    let end = start
    while (idle[end % hoursPerWeek]) end++
    return `${hourName(start)}–${hourName(end % hoursPerWeek)}`
  })
  return spans.join(', ')
}

function hourName(hour: number): string {
  return `${dayNames[Math.floor(hour / 24)]} ${String(hour % 24).padStart(2, '0')}:00`
}
