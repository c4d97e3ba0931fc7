import type { BackTest } from '../model/back-test.js'
import type { Policy } from '../model/policy.js'
import type { Evidence } from '../model/recommendation.js'
import { count, daysBetween, hourlyPrice, percent, timeOfDay } from './figures.js'
import { code, type Markdown, md, own } from './markdown.js'

/** Rows of the table that compares the recorded window today and with the change; units in the first cell. */
export function backTestTable(evidence: Evidence, today: BackTest, proposed: BackTest, policy: Policy): Markdown {
  const days = daysBetween(evidence.windowStartAt, evidence.windowEndAt)
  const target = md`${percent(proposed.configuration.targetValue ?? policy.thresholds.cpuUtilizationTarget)} target`
  const stress = md`minutes above 90 % / 100 % CPU, demand × ${count(evidence.demandMargin, 2)}`
  const rows = [
    row(md`${days} days, 5-minute steps`, own('today'), own('with this change'), own('limit')),
    own('|---|---|---|---|'),
    ...typeRows(today, proposed),
    row(
      own('instances, lowest – mean – highest'),
      instances(today),
      instances(proposed),
      md`max ${proposed.configuration.maxSize}`,
    ),
    row(own('CPU, mean – P99.5 – worst 5 minutes'), cpu(today), cpu(proposed), target),
    row(stress, breaches(today), breaches(proposed), md`${count(strainLimit(proposed, policy))} / 0`),
    ...memoryRow(today, proposed, policy),
    ...responseRow(today, proposed, policy),
    row(
      own('worst load on one instance; the highest recorded = 100 %'),
      percent(today.loadToSurvived * 100),
      percent(proposed.loadToSurvived * 100),
      own(evidence.memory === 'survivedLoad' ? '100 %' : ''),
    ),
    row(own('instance-hours'), count(today.instanceHours), count(proposed.instanceHours), own('')),
  ]
  return own(rows.join('\n'))
}

function row(...cells: readonly Markdown[]): Markdown {
  return own(`| ${cells.join(' | ')} |`)
}

function instances(test: BackTest): Markdown {
  const { lowest, mean, highest } = test.instances
  return md`${lowest} – ${count(mean, 1)} – ${highest}`
}

function cpu(test: BackTest): Markdown {
  return md`${count(test.cpu.mean)} – ${count(test.cpu.p995)} – ${percent(test.cpu.worst)}`
}

function breaches(test: BackTest): Markdown {
  return md`${count(test.minutesAbove90)} / ${count(test.minutesAbove100)}`
}

function strainLimit(test: BackTest, policy: Policy): number {
  return Math.floor((test.steps * 5 * policy.sizing.strainSharePercent) / 100)
}

function memoryRow(today: BackTest, proposed: BackTest, policy: Policy): readonly Markdown[] {
  const limit = percent(policy.thresholds.memoryUtilizationTarget + 5)
  if (today.memoryWorst === undefined && proposed.memoryWorst === undefined) return []
  return [row(own('memory, worst'), percent(today.memoryWorst), percent(proposed.memoryWorst), limit)]
}

/** Only where the group has a load balancer; a load that was never recorded has no number. */
function responseRow(today: BackTest, proposed: BackTest, policy: Policy): readonly Markdown[] {
  if (!today.responseTime) return []
  const cell = ({ responseTime }: BackTest) =>
    responseTime
      ? md`${count(responseTime.milliseconds)} ms (last seen ${timeOfDay(responseTime.seenAt)})`
      : own('not recorded at this load')
  const limit = md`${count(policy.thresholds.responseTimeTargetMs)} ms`
  return [row(own('response time recorded at the CPU P99.5 above'), cell(today), cell(proposed), limit)]
}

/** Type and price head the table where they change; elsewhere the evidence has them. */
function typeRows(today: BackTest, proposed: BackTest): readonly Markdown[] {
  const [from, to] = [today.configuration.instanceType, proposed.configuration.instanceType]
  if (from === to) return []
  const price = (test: BackTest) => (test.price ? hourlyPrice(test.price.usdPerHour) : own('no data'))
  return [
    row(own('instance type'), code(from), code(to), own('')),
    row(own('price of one instance-hour'), price(today), price(proposed), own('')),
  ]
}
