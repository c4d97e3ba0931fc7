import { expect, test } from '@jest/globals'
import { createSignalReader } from '../../../src/adapters/aws/signals.js'
import { type Fact, known } from '../../../src/core/model/fact.js'
import { coverageOf, type Series, valueAt } from '../../../src/core/model/series.js'
import type { Signals } from '../../../src/core/model/signals.js'
import type { Operation } from '../../../src/sandbox/aws/operation.js'
import { flat, groupNamed, metricData, policyOf, queriesOf, window } from './metrics.js'
import { clientsAt, standIn } from './stand-in.js'

const firstOf = (fact: Fact<Series> | undefined) => (fact?.kind === 'known' ? valueAt(fact.value, 0) : fact?.why)
const arn = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0123'
const balancer = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/front/4567'
const oneTargetGroup: Operation = () => ({
  TargetGroups: [{ TargetGroupArn: arn, TargetGroupName: 'web', LoadBalancerArns: [balancer] }],
})

async function readOne(operation: Operation, over: Parameters<typeof groupNamed>[1] = {}): Promise<Signals> {
  const { clients } = await standIn({
    'cloudwatch:GetMetricData': operation,
    'elasticloadbalancing:DescribeTargetGroups': oneTargetGroup,
  })
  const group = groupNamed('web', over)
  const read = (await createSignalReader(clients).read([group], window, policyOf)).get(group.groupKey)
  if (read === undefined) throw new Error('the group asked for has no entry')
  return read
}

test('each signal arrives in its own unit', async () => {
  const values: Readonly<Record<string, number>> = {
    'CPUUtilization Average': 42,
    'CPUUtilization Maximum': 88,
    'mem_used_percent Average': 61,
    'NetworkIn Sum': 3_000_000,
    'NetworkOut Sum': 600_000,
    'GroupInServiceInstances Average': 4,
    'GroupDesiredCapacity Average': 4,
    'GroupMaxSize Average': 10,
    'TargetResponseTime p90': 0.125,
    'RequestCount Sum': 6_000,
    'CPUCreditBalance Minimum': 144,
  }
  const { series } = await readOne(
    metricData(({ metric, statistic }) => flat(values[`${metric} ${statistic}`] ?? Number.NaN)),
    { targetGroupArns: [arn], launch: known({ kind: 'launch-template', source: 'web', instanceType: 't3.large' }) },
  )
  expect(Object.fromEntries(Object.entries(series).map(([name, fact]) => [name, firstOf(fact)]))).toEqual({
    cpuAverage: 42,
    cpuMaximum: 88,
    memory: 61,
    networkIn: 10_000,
    networkOut: 2_000,
    inService: 4,
    desired: 4,
    max: 10,
    responseTime: 125,
    requests: 20,
    cpuCredits: 144,
  })
})

test('the load balancer metrics are asked by both dimensions', async () => {
  const asked: unknown[] = []
  await readOne(
    metricData((query) => {
      if (query.metric === 'RequestCount') asked.push(query.dimensions)
      return flat(1)
    }),
    { targetGroupArns: [arn] },
  )
  expect(asked).toEqual([{ TargetGroup: 'targetgroup/web/0123', LoadBalancer: 'app/front/4567' }])
})

test('what a group does not have is unknown with the reason, not asked for', async () => {
  const { series } = await readOne(metricData(() => flat(1)))
  expect(series.responseTime).toEqual({ kind: 'unknown', why: 'no target group' })
  expect(series.cpuCredits).toMatchObject({ kind: 'unknown', why: expect.stringContaining('no burstable') })
})

test('a metric without points is unknown, and a hole in one is a gap', async () => {
  const holed = flat(50)
  const { series } = await readOne(
    metricData(({ metric }) =>
      metric === 'mem_used_percent'
        ? { StatusCode: 'Complete', Timestamps: [], Values: [] }
        : { ...holed, Timestamps: holed.Timestamps?.slice(6), Values: holed.Values?.slice(6) },
    ),
  )
  expect(series.memory).toEqual({ kind: 'unknown', why: 'CWAgent mem_used_percent has no data in the window' })
  expect(series.cpuAverage.kind === 'known' && coverageOf(series.cpuAverage.value)).toBe(50)
  expect(firstOf(series.cpuAverage)).toBeUndefined()
})

test('points that other implementations give off the period are floored to it', async () => {
  const { series } = await readOne(
    metricData(() => ({
      StatusCode: 'Complete',
      Timestamps: [new Date('2026-11-20T00:03:17Z'), new Date('2026-11-20T00:09:59Z')],
      Values: [10, 20],
    })),
  )
  const cpu = series.cpuAverage
  expect(cpu.kind === 'known' && [valueAt(cpu.value, 0), valueAt(cpu.value, 1), valueAt(cpu.value, 2)]).toEqual([
    10,
    20,
    undefined,
  ])
})

test('pages of one request are joined, and PartialData between them is only paging', async () => {
  const whole = flat(30)
  const { series } = await readOne((input) => {
    const second = input.NextToken !== undefined
    const half = <T>(list: readonly T[] | undefined) => (second ? list?.slice(6) : list?.slice(0, 6))
    return {
      MetricDataResults: queriesOf(input).map(({ id }) => ({
        Id: id,
        StatusCode: second ? 'Complete' : 'PartialData',
        Timestamps: half(whole.Timestamps),
        Values: half(whole.Values),
      })),
      ...(second ? {} : { NextToken: 'more' }),
    }
  })
  expect(series.cpuAverage.kind === 'known' && coverageOf(series.cpuAverage.value)).toBe(100)
})

test.each(['PartialData', 'InternalError', 'Forbidden'] as const)(
  'a series that stays %s is unknown while the others are known, after one more try',
  async (status) => {
    let asked = 0
    const { series } = await readOne(
      metricData(({ metric }) => {
        if (metric !== 'NetworkIn') return flat(1)
        asked += 1
        return { ...flat(1), StatusCode: status, Messages: [{ Code: 'Odd', Value: 'something went wrong' }] }
      }),
    )
    expect(series.networkIn).toMatchObject({ kind: 'unknown', why: expect.stringContaining(`${status}, Odd`) })
    expect(series.cpuAverage.kind).toBe('known')
    expect(asked).toBe(2)
  },
)

test('a series that is whole at the second try is known', async () => {
  let asked = 0
  const { series } = await readOne(
    metricData(({ metric }) => {
      if (metric === 'NetworkIn') asked += 1
      return metric === 'NetworkIn' && asked === 1 ? { ...flat(1), StatusCode: 'InternalError' } : flat(300)
    }),
  )
  expect(firstOf(series.networkIn)).toBe(1)
})

test('a message about the whole answer makes it untrusted', async () => {
  const { series } = await readOne((input) => ({
    MetricDataResults: queriesOf(input).map(({ id }) => ({ Id: id, ...flat(1) })),
    Messages: [{ Code: 'MaxMetricsExceeded', Value: 'too many' }],
  }))
  expect(series.cpuAverage).toMatchObject({ kind: 'unknown', why: expect.stringContaining('MaxMetricsExceeded') })
})

test('average and maximum of CPU always share a request', async () => {
  const requests: string[][] = []
  const { clients } = await standIn({
    'cloudwatch:GetMetricData': (input) => {
      requests.push(queriesOf(input).map(({ metric, dimensions }) => `${dimensions.AutoScalingGroupName} ${metric}`))
      return metricData(() => flat(1))(input, { account: '', region: '', accessKeyId: '' })
    },
  })
  const groups = Array.from({ length: 9 }, (_, index) => groupNamed(`g${index}`))
  const long = { ...window, steps: 4032 }
  const read = await createSignalReader(clients).read(groups, long, policyOf)
  expect(read.size).toBe(9)
  expect(Math.max(...requests.map((request) => request.length))).toBeLessThanOrEqual(25)
  for (const request of requests) {
    for (const one of request.filter((metric) => metric.endsWith('CPUUtilization'))) {
      expect(request.filter((other) => other === one)).toHaveLength(2)
    }
  }
})

test('forty-five groups of an hour fit in one request, sixty-three in two', async () => {
  const { clients, server } = await standIn({ 'cloudwatch:GetMetricData': metricData(() => flat(1)) })
  const groups = Array.from({ length: 63 }, (_, index) => groupNamed(`g${index}`))
  await createSignalReader(clients).read(groups, window, policyOf)
  expect(server.calls.get('cloudwatch:GetMetricData')).toBe(2)
})

test('one query that AWS refuses never loses the rest of its batch', async () => {
  const { clients } = await standIn({ 'cloudwatch:GetMetricData': metricData(() => flat(1)) }, [
    { operation: 'cloudwatch:GetMetricData', kind: 'invalidQueryInBatch', query: 'poison' },
  ])
  const groups = ['a', 'poison', 'b', 'c'].map((name) => groupNamed(name))
  const read = await createSignalReader(clients).read(groups, window, policyOf)
  const known = [...read.values()].map(({ group, series }) => [group.name, series.cpuAverage.kind])
  expect(known).toEqual([
    ['a', 'known'],
    ['poison', 'unknown'],
    ['b', 'known'],
    ['c', 'known'],
  ])
})

test('an endpoint without GetMetricData is not asked for ever', async () => {
  const { clients, server } = await standIn({}, [{ operation: 'cloudwatch:GetMetricData', kind: 'errorPage' }])
  const groups = Array.from({ length: 40 }, (_, index) => groupNamed(`g${index}`))
  const read = await createSignalReader(clients).read(groups, window, policyOf)
  expect([...read.values()].every(({ series }) => series.cpuAverage.kind === 'unknown')).toBe(true)
  expect(server.calls.get('cloudwatch:GetMetricData')).toBeLessThan(30)
})

test('a denied account throws once, naming the permission; an unreachable one names the endpoint', async () => {
  const { clients } = await standIn({ 'cloudwatch:GetMetricData': metricData(() => flat(1)) }, [
    { operation: 'cloudwatch:GetMetricData', kind: 'denied' },
  ])
  await expect(createSignalReader(clients).read([groupNamed('web')], window, policyOf)).rejects.toMatchObject({
    code: 'permission',
    message: expect.stringContaining('grant cloudwatch:GetMetricData'),
  })
  const nowhere = clientsAt('http://127.0.0.1:9')
  await expect(createSignalReader(nowhere).read([groupNamed('web')], window, policyOf)).rejects.toMatchObject({
    code: 'unreachable',
    message: expect.stringContaining('http://127.0.0.1:9'),
  })
})

test('a load balancer that cannot be read costs only the response time and the requests', async () => {
  const { clients } = await standIn(
    {
      'cloudwatch:GetMetricData': metricData(() => flat(1)),
      'elasticloadbalancing:DescribeTargetGroups': oneTargetGroup,
    },
    [{ operation: 'elasticloadbalancing:DescribeTargetGroups', kind: 'denied' }],
  )
  const group = groupNamed('web', { targetGroupArns: [arn] })
  const series = (await createSignalReader(clients).read([group], window, policyOf)).get(group.groupKey)?.series
  expect(series?.requests).toMatchObject({
    why: expect.stringContaining('grant elasticloadbalancing:DescribeTargetGroups'),
  })
  expect(series?.cpuAverage.kind).toBe('known')
})

test('requests of several target groups add up, and the slowest answers for the group', async () => {
  const other = arn.replace('web/0123', 'blue/89ab')
  const { clients } = await standIn({
    'cloudwatch:GetMetricData': metricData(({ metric, dimensions }) =>
      flat((dimensions.TargetGroup?.includes('blue') ? 3 : 1) * (metric === 'RequestCount' ? 300 : 1)),
    ),
    'elasticloadbalancing:DescribeTargetGroups': () => ({
      TargetGroups: [arn, other].map((one) => ({ TargetGroupArn: one, LoadBalancerArns: [balancer] })),
    }),
  })
  const group = groupNamed('web', { targetGroupArns: [arn, other] })
  const series = (await createSignalReader(clients).read([group], window, policyOf)).get(group.groupKey)?.series
  expect([firstOf(series?.requests), firstOf(series?.responseTime)]).toEqual([4, 3000])
})
