import { groupNameOf } from '../../../core/model/group.js'
import type { MetricsDocument, MetricsGroup } from '../documents/metrics.js'
import { groupTitle, heading, type Look, paintStatus, summaryTable } from '../summary.js'
import { printable } from '../terminal.js'
import { metricRows } from './metric-rows.js'

/**
 * What `metrics` prints: four rows for each group, why figures are missing, and the overall word. One group alone
 * stands without its name.
 */
export function metricsText(document: MetricsDocument, look: Look): string {
  const { groups, periodHours } = document
  const sections = groups.map((group) => {
    const title = groups.length > 1 ? [groupTitle(group, look.chalk)] : []
    return [...title, groupTable(group, periodHours, look), ...whyMissing(group)].join('\n')
  })
  const title = heading('📊 Performance Metrics Summary', look.chalk)
  return `${title}\n${sections.join('\n\n')}\n\n🎯 Overall Performance: ${overallWords(document, look.chalk)}\n`
}

function groupTable(group: MetricsGroup, periodHours: number, look: Look): string {
  const rows = metricRows(group, periodHours).map(({ metric, figure, unit, period }) => [
    metric,
    figure ? `${figure.value.toFixed(1)}${unit}` : 'no data',
    figure?.status ?? '–',
    period,
  ])
  return summaryTable({ head: ['Metric', 'Value', 'Status', 'Period'], rows, minWidths: [25, 15, 15, 10] }, look)
}

/** The reasons for which figures of a group are missing, below its table. */
export function whyMissing({ missing }: Pick<MetricsGroup, 'missing'>): readonly string[] {
  return missing.map((sentence) => `  ${printable(sentence)}`)
}

function overallWords({ worst, groups }: MetricsDocument, chalk: Look['chalk']): string {
  const group = groups.find(({ groupKey }) => groupKey === worst)
  if (!group?.overall) return 'no data'
  const word = paintStatus(group.overall.status, chalk)
  if (groups.length === 1) return word
  return `${word} (worst of ${groups.length} groups: ${printable(groupNameOf(group.groupKey))})`
}
