import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from '@jest/globals'
import { createSignalReader } from '../../../src/adapters/aws/signals.js'
import { type Fact, known } from '../../../src/core/model/fact.js'
import { coverageOf, type Series, valueAt } from '../../../src/core/model/series.js'
import type { Signals } from '../../../src/core/model/signals.js'
import type { Operation } from '../../../src/sandbox/aws/operation.js'
import { flat, groupNamed, metricData, policyOfGroup, queriesOf, window } from './metrics.js'
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
  const read = (await createSignalReader(clients).read([group], window, policyOfGroup)).get(group.groupKey)
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

test('a value that an implementation could not compute is a gap, never zero', async () => {
  const page = (input: Readonly<Record<string, unknown>>) => ({
    MetricDataResults: queriesOf(input).map(({ id }) => ({
      Id: id,
      StatusCode: 'Complete',
      Timestamps: [Date.parse(window.startAt) / 1000, Date.parse(window.startAt) / 1000 + 300],
      Values: [null, 600],
    })),
  })
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      response.setHeader('content-type', 'application/x-amz-json-1.0')
      response.end(JSON.stringify(page(JSON.parse(Buffer.concat(chunks).toString('utf8')))))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const clients = clientsAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  const group = groupNamed('web')
  const network = (await createSignalReader(clients).read([group], window, policyOfGroup)).get(group.groupKey)?.series
    .networkIn
  expect(network?.kind === 'known' && [valueAt(network.value, 0), valueAt(network.value, 1)]).toEqual([undefined, 2])
  server.closeAllConnections()
  server.close()
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

test('a load balancer that cannot be read costs only the response time and the requests', async () => {
  const { clients } = await standIn(
    {
      'cloudwatch:GetMetricData': metricData(() => flat(1)),
      'elasticloadbalancing:DescribeTargetGroups': oneTargetGroup,
    },
    [{ operation: 'elasticloadbalancing:DescribeTargetGroups', kind: 'denied' }],
  )
  const group = groupNamed('web', { targetGroupArns: [arn] })
  const series = (await createSignalReader(clients).read([group], window, policyOfGroup)).get(group.groupKey)?.series
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
  const series = (await createSignalReader(clients).read([group], window, policyOfGroup)).get(group.groupKey)?.series
  expect([firstOf(series?.requests), firstOf(series?.responseTime)]).toEqual([4, 3000])
})
