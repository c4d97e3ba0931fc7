import { describe, expect, it } from '@jest/globals'
import { Chalk } from 'chalk'
import { cpuBandOf, efficiencyBandOf, overallBandOf, scoreBandOf } from '../../../src/core/analysis/bands.js'
import type { MetricsDocument, MetricsGroup } from '../../../src/entrypoints/cli/documents/metrics.js'
import { worstOf } from '../../../src/entrypoints/cli/metrics/metric-rows.js'
import { metricsText } from '../../../src/entrypoints/cli/metrics/metrics-text.js'
import { golden } from './golden.js'

const plain = { chalk: new Chalk({ level: 0 }) }

/** The figures that four values come to, with the words of the bands in use. */
function groupOf(name: string, cpuAverage: number, cpuMaximum: number, score: number, efficiency: number) {
  const overall = (score + efficiency) / 2
  return {
    groupKey: `123456789012/us-east-1/${name}`,
    environment: 'production',
    cpuAverage: { value: cpuAverage, status: cpuBandOf(cpuAverage) },
    cpuMaximum: { value: cpuMaximum, status: cpuBandOf(cpuMaximum) },
    score: { value: score, status: scoreBandOf(score) },
    efficiency: { value: efficiency, status: efficiencyBandOf(efficiency) },
    overall: { value: overall, status: overallBandOf(score, efficiency) },
    missing: [],
  } satisfies MetricsGroup
}

const sample = groupOf('macro-ai-production-asg', 65.2, 89.1, 85.3, 78.9)
const poor = groupOf('reports', 12, 31, 40, 20)
const blind: MetricsGroup = {
  ...sample,
  groupKey: '123456789012/us-east-1/blind',
  cpuAverage: null,
  cpuMaximum: null,
  score: null,
  overall: null,
  missing: [
    'no data for CPU Utilization (Avg), CPU Utilization (Max), Performance Score: cloudwatch:GetMetricData was denied',
  ],
}

function documentOf(...groups: readonly MetricsGroup[]): MetricsDocument {
  const worst = worstOf(groups)?.groupKey ?? null
  return { environment: 'production', periodHours: 24, worst, groups, faults: [] }
}

/** The specification's table, letter for letter. It is written here so that no renewal of goldens can change it. */
const specified = `📊 Performance Metrics Summary
${'─'.repeat(50)}
┌─────────────────────────┬───────────────┬───────────────┬──────────┐
│ Metric                  │ Value         │ Status        │ Period   │
├─────────────────────────┼───────────────┼───────────────┼──────────┤
│ CPU Utilization (Avg)   │ 65.2%         │ OPTIMAL       │ 24h      │
│ CPU Utilization (Max)   │ 89.1%         │ HIGH          │ 24h      │
│ Performance Score       │ 85.3          │ GOOD          │ Current  │
│ Efficiency Rating       │ 78.9%         │ GOOD          │ Current  │
└─────────────────────────┴───────────────┴───────────────┴──────────┘

🎯 Overall Performance: GOOD
`

describe('the text of metrics', () => {
  it('is the table that people know, for the values of the specification', () => {
    expect(metricsText(documentOf(sample), plain)).toBe(specified)
  })

  it('has the rows of each of several groups, why figures are missing, and a line for the worst', () => {
    const text = metricsText(documentOf(sample, poor, blind), plain)
    expect(text).toBe(golden('metrics.txt', text))
  })

  it.each([20, 34, 44, 60])('fits a terminal of %d columns as far as a table can, losing no letter', (columns) => {
    const text = metricsText(documentOf(sample), { ...plain, columns })
    const table = text.split('\n').filter((line) => /^[│┌├└]/.test(line))
    for (const line of table) expect([...line].length).toBeLessThanOrEqual(Math.max(columns, 37))
    const lettersOf = (column: number) =>
      table.map((line) => line.split('│')[column]?.replace(/[^\w()%.]/g, '') ?? '').join('')
    expect(lettersOf(1)).toContain('MetricCPUUtilization(Avg)CPUUtilization(Max)PerformanceScore')
    expect(lettersOf(2)).toBe('Value65.2%89.1%85.378.9%')
    expect(lettersOf(3)).toBe('StatusOPTIMALHIGHGOODGOOD')
  })

  it('colours the words and nothing of the frame', () => {
    const text = metricsText(documentOf(sample), { chalk: new Chalk({ level: 1 }) })
    expect(text).toContain('│ \u001b[32mOPTIMAL\u001b[39m       │')
    expect(text.endsWith('🎯 Overall Performance: \u001b[32mGOOD\u001b[39m\n')).toBe(true)
  })

  it('says no data where no group has a figure', () => {
    expect(metricsText(documentOf(blind), plain)).toContain('🎯 Overall Performance: no data')
  })
})
