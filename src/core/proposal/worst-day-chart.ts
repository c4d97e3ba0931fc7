import type { BackTest } from '../model/back-test.js'
import { type ChartLine, chart, chartColours } from './chart.js'
import { dayOf } from './figures.js'
import type { Markdown } from './markdown.js'

const hours = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'))

/**
 * Demand against old and new capacity over the worst day of the window, in hourly means; undefined where there is
 * nothing to draw. Mermaid has no legend for this chart, so the title says which is which.
 */
export function worstDayChart(today: BackTest, proposed: BackTest): Markdown | undefined {
  const { day, demand, capacity } = proposed.worstDay
  const before = today.worstDay.day === day ? hourly(today.worstDay.capacity) : []
  const after = hourly(capacity)
  const alike = before.length > 0 && before.every((value, hour) => value === after[hour])
  const lines: readonly ChartLine[] = [
    { kind: 'bar', values: hourly(demand), colour: chartColours.demand },
    ...(alike ? [] : [{ kind: 'line' as const, values: before, colour: chartColours.today }]),
    { kind: 'line', values: after, colour: chartColours.proposed },
  ]
  return chart({
    title: `${dayOf(`${day}T00:00:00Z`)}, the worst day: vCPUs needed (bars), ${legend(before.length > 0, alike)}`,
    xTitle: 'hour of the day, UTC',
    yLabel: 'vCPUs',
    xLabels: hours,
    lines: lines.filter(({ values }) => values.length > 0),
  })
}

function legend(todayKnown: boolean, alike: boolean): string {
  if (alike) return 'running today and with this change alike (orange)'
  return todayKnown ? 'running today (blue), with this change (orange)' : 'running with this change (orange)'
}

/** Means of each hour of a day that is cut into equal parts; an hour without a value stays without. */
function hourly(values: readonly (number | undefined)[]): readonly (number | undefined)[] {
  const perHour = values.length / hours.length
  if (perHour < 1) return values
  return hours.map((_, hour) => {
    const known = values.slice(hour * perHour, (hour + 1) * perHour).filter((value) => value !== undefined)
    return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0) / known.length
  })
}
