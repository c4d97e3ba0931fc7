import type { BackTest } from '../model/back-test.js'
import { dayMs, hourMs } from '../model/units.js'
import { dayOf, dollars, percent } from '../proposal/figures.js'
import { barChart } from './bar-chart.js'
import type { Html } from './html.js'
import { lineChart } from './line-chart.js'
import type { HourlyUsage, HourlyValues, ReportCost, ReportGroup } from './report.js'

/** CPU and memory of the window against the CPU target. */
export function usageChart({ usage, policy }: ReportGroup): Html | undefined {
  return lineChart({
    title: 'CPU and memory by the hour',
    summary: `CPU mean ${percent(meanOf(usage.cpu))}, highest sample ${percent(highestOf(usage.cpuHighest))}, memory mean ${percent(meanOf(usage.memory))}`,
    lines: [
      { name: 'CPU, highest sample', kind: 'peak', values: usage.cpuHighest },
      { name: 'CPU, mean', kind: 'cpu', values: usage.cpu },
      { name: 'memory, mean', kind: 'memory', values: usage.memory },
    ],
    level: {
      name: `CPU target ${policy.thresholds.cpuUtilizationTarget} %`,
      value: policy.thresholds.cpuUtilizationTarget,
    },
    unit: ' %',
    top: 100,
    xLabels: dayLabels(usage),
  })
}

/** Instances in service over the window, below the maximum size. */
export function capacityChart({ usage, group }: ReportGroup): Html | undefined {
  return lineChart({
    title: 'Instances in service',
    summary: `mean ${meanOf(usage.inService)?.toFixed(1) ?? 'no data'}, highest ${highestOf(usage.inService) ?? 'no data'}, maximum size ${group.maxSize}`,
    lines: [{ name: 'in service', kind: 'capacity', values: usage.inService, stepped: true }],
    level: { name: `maximum ${group.maxSize}`, value: group.maxSize },
    unit: '',
    xLabels: dayLabels(usage),
    height: 'low',
  })
}

/** The day of the highest demand: demand and both capacities, in vCPUs. */
export function worstDayChart(today: BackTest, proposed: BackTest): Html | undefined {
  return lineChart({
    title: `Demand and capacity on ${dayOf(today.worstDay.day)}, the day of the highest demand`,
    summary: `vCPUs in means of 30 minutes; at worst ${percent(today.cpu.worst)} of today's capacity and ${percent(proposed.cpu.worst)} of the new one are used in five minutes`,
    lines: [
      { name: 'capacity today', kind: 'today', values: today.worstDay.capacity, stepped: true },
      { name: 'capacity with the change', kind: 'proposed', values: proposed.worstDay.capacity, stepped: true },
      { name: 'demand', kind: 'demand', values: today.worstDay.demand },
    ],
    unit: ' vCPUs',
    xLabels: ['00:00', '06:00', '12:00', '18:00', '24:00'],
  })
}

/** Dollars by day; days that the window holds only in part are lighter. */
export function costChart(cost: ReportCost, { startAt, hours }: HourlyUsage): Html | undefined {
  const endMs = Date.parse(startAt) + hours * hourMs
  const bars = cost.days.map(({ day, usd }) => {
    const from = Date.parse(`${day}T00:00:00Z`)
    const partly = from < Date.parse(startAt) || from + dayMs > endMs
    return {
      label: day,
      value: usd,
      partly,
      says: `${dayOf(day)}: ${dollars(usd)}${partly ? ', a part of the day' : ''}`,
    }
  })
  return barChart({
    title: 'Cost by day',
    summary: `${dollars(cost.usdPerMonth)} a month at this rate; days at the edges are parts`,
    bars,
    yLabel: (value) => dollars(value),
    xLabels: [bars[0], bars[Math.floor(bars.length / 2)], bars.at(-1)].flatMap((bar) =>
      bar ? [shortDay(bar.label)] : [],
    ),
  })
}

/** Both ends of the window and up to five days between, evenly. */
function dayLabels({ startAt, hours }: HourlyUsage): readonly string[] {
  const days = Math.max(1, Math.round(hours / 24))
  const parts = [7, 6, 5, 4, 3, 2, 1].find((count) => days % count === 0) ?? 1
  return Array.from({ length: parts + 1 }, (_, i) =>
    shortDay(new Date(Date.parse(startAt) + (i / parts) * hours * hourMs).toISOString()),
  )
}

/** @example shortDay('2026-11-16T09:05:00Z') // '16 Nov' */
function shortDay(at: string): string {
  return dayOf(at).replace(/^\w+ /, '')
}

function meanOf(values: HourlyValues): number | undefined {
  const known = values.filter((value) => value !== undefined)
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0) / known.length
}

function highestOf(values: HourlyValues): number | undefined {
  const known = values.filter((value) => value !== undefined)
  return known.length === 0 ? undefined : known.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY)
}
