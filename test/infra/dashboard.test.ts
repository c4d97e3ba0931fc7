import { afterAll, describe, expect, it } from '@jest/globals'
import { createBench, synthesize } from '../support/synthesize.js'
import { resourcesOf, type SynthesizedTemplate } from '../support/template.js'

const bench = createBench()
afterAll(bench.close)

interface Widget {
  readonly type: string
  readonly properties: {
    readonly title?: string
    readonly view?: string
    readonly markdown?: string
    readonly query?: string
    readonly metrics?: readonly unknown[]
    readonly annotations?: { readonly horizontal: readonly { readonly value: number }[] }
    readonly alarms?: readonly string[]
  }
}

function widgetsOf(template: SynthesizedTemplate): readonly Widget[] {
  const [dashboard] = resourcesOf(template, 'AWS::CloudWatch::Dashboard')
  return JSON.parse(dashboard.DashboardBody).widgets
}

const template = synthesize(bench.app())
const widgets = widgetsOf(template)

/** The graph that shows a metric. */
function graphOf(metric: string): Widget['properties'] {
  const found = widgets.find(({ properties }) => JSON.stringify(properties.metrics ?? '').includes(`"${metric}"`))
  if (found?.type !== 'metric') throw new Error(`no graph shows ${metric}`)
  return found.properties
}

describe('the dashboard (S43)', () => {
  it('has its name, and shows 24 hours at first', () => {
    const [dashboard] = resourcesOf(template, 'AWS::CloudWatch::Dashboard')
    expect(dashboard.DashboardName).toBe('macro-ai-production-performance-optimization')
    expect(JSON.parse(dashboard.DashboardBody).start).toBe('-P1D')
  })

  it.each([
    ['S43a: CPU against its target', 'CPUUtilization', 70],
    ['S43b: memory against its target', 'mem_used_percent', 80],
    ['S43c: the score over time, with the alarm', 'PerformanceScore', 70],
  ])('%s', (_what, metric, line) => {
    expect(graphOf(metric).view).toBe('timeSeries')
    expect(graphOf(metric).annotations?.horizontal.map(({ value }) => value)).toEqual([line])
  })

  it.each([
    ['S43d: efficiency', ['EfficiencyRating']],
    ['S43e: savings potential', ['CostSavingsPotential', 'MonthlyCost']],
    ['S43f: capacity', ['GroupMinSize', 'GroupDesiredCapacity', 'GroupInServiceInstances', 'GroupMaxSize']],
    ['S43g: active recommendations', ['OptimizationRecommendations']],
    ['applied actions and failures', ['OptimizationSuccess', 'OptimizationFailure']],
    ['verified savings', ['VerifiedSavings']],
    ['breach minutes', ['BreachMinutes']],
  ])('%s', (_what, metrics) => {
    const [first = ''] = metrics
    expect(metrics.filter((metric) => graphOf(metric) !== graphOf(first))).toEqual([])
  })

  it('S43g: counts recommendations by type, priority and state from the last lines of the log', () => {
    const query = widgets.find(({ type }) => type === 'log')?.properties.query ?? ''
    expect(query).toContain("SOURCE '/aws/optimization/macro-ai-production'")
    expect(query).toContain("msg = 'recommendations open' and environment = 'production'")
    expect(query).toContain('(now() - 5400) * 1000')
    expect(query).toContain('stats latest(count) as recommendations by type, priority, state')
  })

  it('links to the table and the logs, and shows the state of every alarm', () => {
    const { markdown = '' } = widgets[0]?.properties ?? {}
    expect(markdown).toContain('#item-explorer?table=macro-ai-production-optimization-recommendations')
    expect(markdown).toContain('#logsV2:log-groups/log-group/$252Faws$252Foptimization$252Fmacro-ai-production')
    const alarms = widgets.find(({ type }) => type === 'alarm')?.properties.alarms
    expect(alarms).toHaveLength(resourcesOf(template, 'AWS::CloudWatch::Alarm').length)
  })

  it('finds the groups of a tag query by a search', () => {
    const searched = widgetsOf(synthesize(bench.app(), { autoScalingGroup: { tags: {} } }))
    expect(JSON.stringify(searched)).toContain(`SEARCH('{AWS/EC2,AutoScalingGroupName} MetricName=`)
  })
})
