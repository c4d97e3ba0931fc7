import type { BackTest } from '../model/back-test.js'
import type { Policy } from '../model/policy.js'
import type { Evidence } from '../model/recommendation.js'
import { type Chart, chart, chartColours } from './chart.js'
import { count, dayOf, percent } from './figures.js'
import { code, type Markdown, md, own } from './markdown.js'

/** Rows of the table that compares the recorded window today and with the change; units in the first cell. */
export function backTestTable(evidence: Evidence, today: BackTest, proposed: BackTest, policy: Policy): Markdown {
  const rows = [
    row(md`${windowDays(evidence)} days, 5-minute steps`, own('today'), own('with this change'), own('limit')),
    own('|---|---|---|---|'),
    row(
      own('instances, lowest – mean – highest'),
      instances(today),
      instances(proposed),
      md`max ${proposed.configuration.maxSize}`,
    ),
    row(
      own('CPU, mean – P99.5 – worst 5 minutes'),
      cpu(today),
      cpu(proposed),
      md`${percent(policy.thresholds.cpuUtilizationTarget)} target`,
    ),
    row(
      own('minutes above 90 % / 100 %'),
      breaches(today),
      breaches(proposed),
      md`${count(strainLimit(proposed, policy))} / 0`,
    ),
    ...memoryRow(today, proposed, policy),
    row(
      own('worst load on one instance, against what one has carried'),
      own('100 %'),
      percent(proposed.loadToSurvived * 100),
      own(''),
    ),
    row(own('instance-hours'), count(today.instanceHours), count(proposed.instanceHours), own('')),
    ...typeRow(today, proposed),
  ]
  return own(rows.join('\n'))
}

/** Demand against old and new capacity over the worst day; undefined where there is nothing to draw. */
export function worstDayChart(today: BackTest, proposed: BackTest): Markdown | undefined {
  const { day, demand, capacity } = proposed.worstDay
  const perHour = demand.length / 24
  const picture: Chart = {
    title: `${dayOf(`${day}T00:00:00Z`)} UTC, the worst day: demand (bars), capacity today (blue), with this change (orange)`,
    yLabel: 'vCPUs',
    xLabels: demand.map((_, i) => String(Math.floor(i / perHour)).padStart(2, '0') + (i % perHour === 0 ? '' : ':30')),
    lines: [
      { kind: 'bar', values: demand, colour: chartColours.demand },
      { kind: 'line', values: today.worstDay.day === day ? today.worstDay.capacity : [], colour: chartColours.today },
      { kind: 'line', values: capacity, colour: chartColours.proposed },
    ],
  }
  return chart({ ...picture, lines: picture.lines.filter((line) => line.values.length > 0) })
}

function row(...cells: readonly Markdown[]): Markdown {
  return own(`| ${cells.join(' | ')} |`)
}

function windowDays(evidence: Evidence): number {
  return Math.round((Date.parse(evidence.windowEndAt) - Date.parse(evidence.windowStartAt)) / 86_400_000)
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

function typeRow(today: BackTest, proposed: BackTest): readonly Markdown[] {
  const [from, to] = [today.configuration.instanceType, proposed.configuration.instanceType]
  return from === to ? [] : [row(own('instance type'), code(from), code(to), own(''))]
}
