import type { Figure, MetricsGroup } from '../documents/metrics.js'

/** One line of the table of a group. */
export interface MetricRow {
  readonly metric: string
  readonly figure: Figure
  readonly unit: '%' | ''
  /** The hours of the CPU figures, or `Current`. */
  readonly period: string
}

type Figures = Pick<MetricsGroup, 'cpuAverage' | 'cpuMaximum' | 'score' | 'efficiency'>

/** The four lines of a group, in the order in which they are printed. */
export function metricRows(figures: Figures, periodHours: number): readonly MetricRow[] {
  const period = `${periodHours}h`
  return [
    { metric: 'CPU Utilization (Avg)', figure: figures.cpuAverage, unit: '%', period },
    { metric: 'CPU Utilization (Max)', figure: figures.cpuMaximum, unit: '%', period },
    { metric: 'Performance Score', figure: figures.score, unit: '', period: 'Current' },
    { metric: 'Efficiency Rating', figure: figures.efficiency, unit: '%', period: 'Current' },
  ]
}

/** The group with the lowest overall figure, the first of equals; undefined where none is known. */
export function worstOf(groups: readonly MetricsGroup[]): MetricsGroup | undefined {
  return groups.reduce<MetricsGroup | undefined>((worst, group) => {
    if (!group.overall) return worst
    return worst?.overall && worst.overall.value <= group.overall.value ? worst : group
  }, undefined)
}
