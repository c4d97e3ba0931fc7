import { afterAll, describe, expect, it } from '@jest/globals'
import { type AlarmRule, isInAlarm, type PublishedPoint } from '../support/evaluate-alarm.js'
import { createBench, synthesize } from '../support/synthesize.js'
import { resourcesOf } from '../support/template.js'

const bench = createBench()
afterAll(bench.close)

const template = synthesize(bench.app())
const alarms = resourcesOf(template, 'AWS::CloudWatch::Alarm')
const rules = resourcesOf(template, 'AWS::Events::Rule')
const alarm = (name: string) => alarms.find(({ AlarmName }) => AlarmName === `macro-ai-production-${name}`)
const arnOf = (name: string) => `arn:aws:cloudwatch:us-east-1:123456789012:alarm:macro-ai-production-${name}`
const topicOf = (name: string) => `arn:aws:sns:us-east-1:123456789012:macro-ai-production-${name}`

/** One value every so many minutes, from the start of an hour. */
function published(values: readonly number[], everyMinutes: number): readonly PublishedPoint[] {
  return values.map((value, at) => ({ at: at * everyMinutes * 60, value }))
}

describe('the alarms', () => {
  it.each([
    ['high-cpu-utilization', 'CPUUtilization', 'GreaterThanOrEqualToThreshold', 85, 300, 3],
    ['low-cpu-utilization', 'CPUUtilization', 'LessThanOrEqualToThreshold', 20, 900, 4],
    ['performance-degradation', 'PerformanceScore', 'LessThanThreshold', 70, 1800, 2],
  ])('%s has the numbers of S73–S75', (name, MetricName, ComparisonOperator, Threshold, Period, EvaluationPeriods) => {
    const numbers = { MetricName, ComparisonOperator, Threshold, Period, EvaluationPeriods }
    expect(alarm(name)).toMatchObject({ ...numbers, DatapointsToAlarm: EvaluationPeriods })
  })

  it.each([
    ['high-cpu-utilization', 'performance-analyzer', 'performance-alerts'],
    ['low-cpu-utilization', 'cost-optimizer', 'cost-alerts'],
    ['performance-degradation', 'performance-analyzer', 'performance-alerts'],
  ])('%s starts the %s and tells the topic %s', (name, starts, tells) => {
    const rule = rules.find(({ EventPattern }) => EventPattern.resources?.includes(arnOf(name)))
    expect(rule.EventPattern).toEqual({
      source: ['aws.cloudwatch'],
      'detail-type': ['CloudWatch Alarm State Change'],
      resources: [arnOf(name)],
      detail: { state: { value: ['ALARM'] } },
    })
    const [target] = rule.Targets
    expect(target.Arn).toBe(`arn:aws:lambda:us-east-1:123456789012:function:macro-ai-production-${starts}`)
    expect(target.DeadLetterConfig.Arn).toBe('arn:aws:sqs:us-east-1:123456789012:macro-ai-production-failed-runs')
    expect(alarm(name).AlarmActions).toEqual([topicOf(tells)])
  })

  it('S12: no alarm is silent', () => {
    expect(alarms.filter(({ AlarmActions }) => !AlarmActions?.[0]?.startsWith('arn:aws:sns:'))).toEqual([])
  })

  it('an analysis that found something outside the schedule is followed by the engine', () => {
    const rule = rules.find(({ Name }) => Name === 'macro-ai-production-analysis-ended')
    const analyzer = 'arn:aws:lambda:us-east-1:123456789012:function:macro-ai-production-performance-analyzer'
    expect(rule.EventPattern.detail).toEqual({
      requestContext: { functionArn: [{ prefix: analyzer }] },
      responsePayload: { analysed: [{ numeric: ['>', 0] }] },
    })
    expect(rule.Targets[0]).toMatchObject({
      Arn: 'arn:aws:lambda:us-east-1:123456789012:function:macro-ai-production-optimization-engine',
      Input: '{"task":"optimize"}',
    })
    const destinations = resourcesOf(template, 'AWS::Lambda::EventInvokeConfig')
    const bus = 'arn:aws:events:us-east-1:123456789012:event-bus/default'
    expect(destinations.map(({ DestinationConfig }) => DestinationConfig.OnSuccess?.Destination)).toEqual([
      bus,
      undefined,
      undefined,
    ])
  })

  it('S75: fires on scores published every 15 minutes, and not on a short dip or on points an hour apart', () => {
    const rule: AlarmRule = alarm('performance-degradation')
    const hour = 3600
    expect(isInAlarm(rule, published([69, 69.9, 60, 65], 15), hour)).toBe(true)
    expect(isInAlarm(rule, published([70, 70, 70, 70], 15), hour)).toBe(false)
    expect(isInAlarm(rule, published([90, 90, 60, 60], 15), hour)).toBe(false)
    expect(isInAlarm(rule, published([60, 60, 60], 60), 3 * hour)).toBe(false)
  })

  it('S73, S74: fire at the threshold itself, and only when every period is there', () => {
    expect(isInAlarm(alarm('high-cpu-utilization'), published([85, 85, 85], 5), 900)).toBe(true)
    expect(isInAlarm(alarm('high-cpu-utilization'), published([85, 84.9, 85], 5), 900)).toBe(false)
    expect(isInAlarm(alarm('high-cpu-utilization'), published([85, 85], 5), 900)).toBe(false)
    expect(isInAlarm(alarm('low-cpu-utilization'), published([20, 20, 20, 20], 15), 3600)).toBe(true)
    expect(isInAlarm(alarm('low-cpu-utilization'), published([20, 20, 20, 20.1], 15), 3600)).toBe(false)
  })
})

describe('alarms on Trimtab itself', () => {
  it.each([
    ['schedule-missed', 'ExecutionsSucceeded', 3600],
    ['schedule-missed-engine', 'Invocations', 3600],
    ['schedule-missed-monitoring', 'Invocations', 900],
    ['schedule-missed-cost', 'Invocations', 86_400],
    ['stale-data', 'PerformanceScore', 1800],
  ])('%s: silence for two periods is a failure, one is not', (name, MetricName, Period) => {
    const rule = alarm(name)
    expect(rule).toMatchObject({ MetricName, Period })
    const alive = (at: number) => ({ at, value: 1 })
    expect(isInAlarm(rule, [alive(0)], 3 * Period)).toBe(true)
    expect(isInAlarm(rule, [alive(Period)], 3 * Period)).toBe(false)
  })

  it('the first dead letter of either queue alarms', () => {
    const { Metrics, Threshold, ComparisonOperator } = alarm('dead-letters')
    expect([ComparisonOperator, Threshold]).toEqual(['GreaterThanThreshold', 0])
    const queues = Metrics.flatMap((one: { MetricStat?: { Metric: { Dimensions: { Value: string }[] } } }) =>
      (one.MetricStat?.Metric.Dimensions ?? []).map(({ Value }) => Value),
    )
    expect(queues).toHaveLength(2)
    expect(Metrics[0].Expression).toBe('FILL(deliveries, 0) + FILL(runs, 0)')
  })

  it('an error rate over 5 % of all five functions alarms', () => {
    const { Metrics, Threshold } = alarm('errors')
    expect(Threshold).toBe(5)
    const metrics = Metrics.filter((one: { MetricStat?: unknown }) => one.MetricStat)
    expect(metrics).toHaveLength(10)
    const evaluate = new Function(
      'values',
      `const FILL = (name, empty) => values[name] ?? empty
      const IF = (is, yes, no) => (is ? yes : no)
      const { ${metrics.map(({ Id }: { Id: string }) => `${Id} = undefined`).join(', ')} } = {}
      return ${Metrics[0].Expression.replace(/FILL\((\w+)/g, "FILL('$1'")}`,
    )
    expect(evaluate({ e0: 1, e4: 2, i0: 20, i1: 20, i4: 10 })).toBe(6)
    expect(evaluate({})).toBe(0)
  })
})
