import { describe, expect, it } from '@jest/globals'
import { minutes, nowAt, scenario, worldOf } from '../world/build-scenario.js'
import { callsOn, refusal } from './call.js'

interface MetricData {
  readonly MetricDataResults: readonly {
    readonly Id: string
    readonly StatusCode: string
    readonly Timestamps: readonly Date[]
    readonly Values: readonly number[]
  }[]
  readonly NextToken?: string
}

const nowMs = Date.parse(nowAt)
const group = { AutoScalingGroupName: 'web' }

function query(Id: string, Namespace: string, MetricName: string, Stat: string, change: Record<string, unknown> = {}) {
  const { Period = 300, dimensions = group } = change as { Period?: number; dimensions?: Record<string, string> }
  const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }))
  return { Id, MetricStat: { Metric: { Namespace, MetricName, Dimensions }, Period, Stat } }
}

function reader(world = worldOf(scenario()), call = callsOn(world)) {
  return (queries: readonly unknown[], lastMinutes = 60, rest: Record<string, unknown> = {}) =>
    call<MetricData>('cloudwatch:GetMetricData', {
      StartTime: new Date(world.now() - minutes(lastMinutes)),
      EndTime: new Date(world.now()),
      ScanBy: 'TimestampAscending',
      MetricDataQueries: queries,
      ...rest,
    })
}

describe('GetMetricData', () => {
  it('gives the five-minute points of a range, stamped with the start of their period', () => {
    const [result] = reader()([query('cpu', 'AWS/EC2', 'CPUUtilization', 'Average')]).MetricDataResults
    expect(result).toMatchObject({ Id: 'cpu', StatusCode: 'Complete' })
    expect(result?.Timestamps.map((at) => at.toISOString()).at(0)).toBe('2026-11-24T11:00:00.000Z')
    expect(result?.Timestamps).toHaveLength(12)
    for (const value of result?.Values ?? []) expect(value).toBeCloseTo(50, -1)
  })

  it('keeps minimum ≤ average ≤ p99 ≤ maximum, and sum = average × samples', () => {
    const stats = ['Minimum', 'Average', 'p99', 'Maximum', 'Sum', 'SampleCount']
    const { MetricDataResults } = reader()(
      stats.map((stat, index) => query(`q${index}`, 'AWS/EC2', 'CPUUtilization', stat)),
    )
    const [minimum = 0, average = 0, p99 = 0, maximum = 0, sum = 0, samples = 0] = MetricDataResults.map(
      ({ Values }) => Values[0] ?? Number.NaN,
    )
    expect(minimum).toBeLessThanOrEqual(average)
    expect(average).toBeLessThanOrEqual(p99)
    expect(p99).toBeLessThanOrEqual(maximum)
    expect(samples).toBe(4)
    expect(sum).toBeCloseTo(average * samples, 6)
  })

  it('sums requests over longer periods, and spreads the same sum over minutes', () => {
    const world = worldOf(scenario())
    const call = callsOn(world)
    const { TargetGroups } = call<{
      TargetGroups: readonly { TargetGroupArn: string; LoadBalancerArns: readonly string[] }[]
    }>('elasticloadbalancing:DescribeTargetGroups')
    const TargetGroup = TargetGroups[0]?.TargetGroupArn.split(':').at(-1) ?? ''
    const LoadBalancer = TargetGroups[0]?.LoadBalancerArns[0]?.split(':loadbalancer/')[1] ?? ''
    const dimensions = { TargetGroup, LoadBalancer }
    const ask = (Period: number, metric = 'RequestCount', stat = 'Sum') =>
      reader(world)([query('q', 'AWS/ApplicationELB', metric, stat, { dimensions, Period })]).MetricDataResults[0]
        ?.Values ?? []
    const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)
    expect(ask(3600)).toHaveLength(1)
    expect(ask(60)).toHaveLength(60)
    expect(total(ask(60))).toBeCloseTo(total(ask(3600)), 3)
    expect(total(ask(300))).toBeCloseTo(total(ask(3600)), 3)
    const [p50 = 0, mean = 0, p90 = 0, p99 = 0] = ['p50', 'Average', 'p90', 'p99'].map(
      (stat) => ask(300, 'TargetResponseTime', stat)[0] ?? Number.NaN,
    )
    expect([p50 < mean, mean < p90, p90 < p99]).toEqual([true, true, true])
    expect(mean).toBeGreaterThan(0.05)
  })

  it('has no points for metrics that nobody publishes, and that is a complete answer', () => {
    const world = worldOf(scenario({ memoryAgent: false, groupMetrics: false }))
    const { MetricDataResults } = reader(world)([
      query('memory', 'CWAgent', 'mem_used_percent', 'Average'),
      query('size', 'AWS/AutoScaling', 'GroupInServiceInstances', 'Average'),
      query('other', 'AWS/EC2', 'CPUUtilization', 'Average', { dimensions: { AutoScalingGroupName: 'nobody' } }),
    ])
    expect(MetricDataResults.map(({ StatusCode, Values }) => [StatusCode, Values.length])).toEqual([
      ['Complete', 0],
      ['Complete', 0],
      ['Complete', 0],
    ])
  })

  it('leaves gaps out', () => {
    const world = worldOf(scenario({ gaps: { share: 0.5, hours: 1 } }))
    const [result] = reader(world)([query('cpu', 'AWS/EC2', 'CPUUtilization', 'Average')], 1440).MetricDataResults
    expect(result?.Values.length).toBeGreaterThan(0)
    expect(result?.Values.length).toBeLessThan(288)
  })

  it('pages by points: every point once, a result that goes on is marked', () => {
    const ask = reader()
    const queries = [query('a', 'AWS/EC2', 'CPUUtilization', 'Average'), query('b', 'AWS/EC2', 'NetworkIn', 'Sum')]
    const whole = ask(queries)
    const parts = new Map<string, number[]>()
    let NextToken: string | undefined
    let partial = 0
    do {
      const page = ask(queries, 60, { MaxDatapoints: 5, NextToken })
      for (const { Id, Values, StatusCode } of page.MetricDataResults) {
        parts.set(Id, [...(parts.get(Id) ?? []), ...Values])
        partial += StatusCode === 'PartialData' ? 1 : 0
      }
      NextToken = page.NextToken
    } while (NextToken !== undefined)
    expect([...parts]).toEqual(whole.MetricDataResults.map(({ Id, Values }) => [Id, Values]))
    expect(partial).toBe(4)
  })

  it('gives the newest point first unless asked otherwise', () => {
    const [result] = reader()([query('a', 'AWS/EC2', 'CPUUtilization', 'Average')], 60, {
      ScanBy: undefined,
    }).MetricDataResults
    expect(result?.Timestamps[0]?.getTime()).toBe(nowMs - 300_000)
  })

  it.each([
    [
      'more than 500 queries',
      Array.from({ length: 501 }, (_, i) => query(`q${i}`, 'AWS/EC2', 'NetworkIn', 'Sum')),
      {},
      'size greater than 500',
    ],
    [
      'two queries of one id',
      [query('a', 'AWS/EC2', 'NetworkIn', 'Sum'), query('a', 'AWS/EC2', 'NetworkIn', 'Sum')],
      {},
      'must be unique',
    ],
    [
      'a period that is no multiple of a minute',
      [query('a', 'AWS/EC2', 'NetworkIn', 'Sum', { Period: 90 })],
      {},
      'multiple of 60',
    ],
    ['a statistic that does not exist', [query('a', 'AWS/EC2', 'NetworkIn', 'Median')], {}, 'Median'],
    [
      'more points than a page may hold',
      [query('a', 'AWS/EC2', 'NetworkIn', 'Sum')],
      { MaxDatapoints: 100_801 },
      '100800',
    ],
    [
      'a range that ends before it starts',
      [query('a', 'AWS/EC2', 'NetworkIn', 'Sum')],
      { EndTime: new Date(0) },
      'must be less than',
    ],
  ])('refuses %s', (_what, queries, rest, message) => {
    expect(refusal(() => reader()(queries, 60, rest))).toMatchObject({
      code: 'ValidationError',
      message: expect.stringContaining(message),
    })
  })
})

describe('PutMetricData', () => {
  it('keeps what was put: it is listed and read back', () => {
    const world = worldOf(scenario())
    const call = callsOn(world)
    const Dimensions = [{ Name: 'Environment', Value: 'production' }]
    const MetricData = [
      { MetricName: 'Score', Value: 70, Dimensions, Timestamp: new Date(nowMs - 120_000) },
      { MetricName: 'Score', Value: 80, Dimensions, Timestamp: new Date(nowMs - 60_000) },
    ]
    call('cloudwatch:PutMetricData', { Namespace: 'Ours', MetricData })
    const dimensions = { Environment: 'production' }
    const [result] = reader(world, call)([query('s', 'Ours', 'Score', 'Average', { dimensions })]).MetricDataResults
    expect(result?.Values).toEqual([75])
    expect(call('cloudwatch:ListMetrics', { Namespace: 'Ours' })).toMatchObject({
      Metrics: [{ MetricName: 'Score', Dimensions }],
    })
  })

  it('refuses AWS namespaces, values of two kinds and too many of them', () => {
    const call = callsOn(worldOf(scenario()))
    const put = (Namespace: string, MetricData: unknown) =>
      refusal(() => call('cloudwatch:PutMetricData', { Namespace, MetricData })).code
    expect(put('AWS/EC2', [{ MetricName: 'a', Value: 1 }])).toBe('InvalidParameterValue')
    expect(put('Ours', [{ MetricName: 'a', Value: 1, Values: [1] }])).toBe('InvalidParameterCombination')
    expect(
      put(
        'Ours',
        Array.from({ length: 1001 }, () => ({ MetricName: 'a', Value: 1 })),
      ),
    ).toBe('InvalidParameterValue')
  })
})

describe('GetMetricStatistics', () => {
  it('gives datapoints with the statistics asked for, and refuses more than 1,440', () => {
    const call = callsOn(worldOf(scenario()))
    const ask = (lastMinutes: number, Period: number) =>
      call<{ Datapoints: readonly { Average: number; Maximum: number }[] }>('cloudwatch:GetMetricStatistics', {
        Namespace: 'AWS/EC2',
        MetricName: 'CPUUtilization',
        Dimensions: [{ Name: 'AutoScalingGroupName', Value: 'web' }],
        StartTime: new Date(nowMs - minutes(lastMinutes)),
        EndTime: new Date(nowMs),
        Period,
        Statistics: ['Average', 'Maximum'],
      }).Datapoints
    expect(ask(60, 300)).toHaveLength(12)
    expect(ask(60, 300)[0]?.Maximum).toBeGreaterThan(ask(60, 300)[0]?.Average ?? Number.NaN)
    expect(refusal(() => ask(1500, 60)).message).toContain('exceeds the limit of 1440')
  })
})

describe('alarms that callers make', () => {
  const alarm = {
    AlarmName: 'macro-ai-production-high-cpu-utilization',
    MetricName: 'CPUUtilization',
    Namespace: 'AWS/EC2',
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    EvaluationPeriods: 3,
    Threshold: 85,
  }
  interface Alarms {
    readonly MetricAlarms: readonly { readonly AlarmName: string; readonly StateValue: string }[]
  }

  it('stand as they are set, by prefix and state, and keep their state when they are put again', () => {
    const call = callsOn(worldOf(scenario()))
    const found = (input: Record<string, unknown>) =>
      call<Alarms>('cloudwatch:DescribeAlarms', input).MetricAlarms.map(({ AlarmName, StateValue }) => [
        AlarmName,
        StateValue,
      ])
    call('cloudwatch:PutMetricAlarm', alarm)
    expect(found({ AlarmNamePrefix: 'macro-ai-' })).toEqual([[alarm.AlarmName, 'INSUFFICIENT_DATA']])
    call('cloudwatch:SetAlarmState', { AlarmName: alarm.AlarmName, StateValue: 'ALARM', StateReason: 'test' })
    call('cloudwatch:PutMetricAlarm', { ...alarm, Threshold: 90 })
    expect(found({ StateValue: 'ALARM', AlarmNamePrefix: 'macro-ai-' })).toEqual([[alarm.AlarmName, 'ALARM']])
  })

  it('are refused without a metric, in an unknown state, or under an unknown name', () => {
    const call = callsOn(worldOf(scenario()))
    const refused = (operation: string, input: Record<string, unknown>) => refusal(() => call(operation, input))
    expect(refused('cloudwatch:PutMetricAlarm', { ...alarm, MetricName: undefined })).toMatchObject({
      code: 'ValidationError',
    })
    const state = { AlarmName: alarm.AlarmName, StateReason: 'test' }
    expect(refused('cloudwatch:SetAlarmState', { ...state, StateValue: 'ALARM' })).toMatchObject({
      code: 'ResourceNotFound',
    })
    expect(refused('cloudwatch:SetAlarmState', { ...state, StateValue: 'FINE' })).toMatchObject({
      code: 'ValidationError',
    })
  })
})
