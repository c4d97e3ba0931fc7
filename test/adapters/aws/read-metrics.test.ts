import { expect, test } from '@jest/globals'
import { createAwsClients } from '../../../src/adapters/aws/clients.js'
import { createSignalReader } from '../../../src/adapters/aws/signals.js'
import { flat, groupNamed, metricData, policyOfGroup, queriesOf, window } from './metrics.js'
import { oddEndpoint } from './odd-endpoint.js'
import { clientsAt, region, standIn } from './stand-in.js'

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
  const read = await createSignalReader(clients).read(groups, long, policyOfGroup)
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
  await createSignalReader(clients).read(groups, window, policyOfGroup)
  expect(server.calls.get('cloudwatch:GetMetricData')).toBe(2)
})

test('one query that AWS refuses never loses the rest of its batch', async () => {
  const { clients } = await standIn({ 'cloudwatch:GetMetricData': metricData(() => flat(1)) }, [
    { operation: 'cloudwatch:GetMetricData', kind: 'invalidQueryInBatch', query: 'poison' },
  ])
  const groups = ['a', 'poison', 'b', 'c'].map((name) => groupNamed(name))
  const read = await createSignalReader(clients).read(groups, window, policyOfGroup)
  const known = [...read.values()].map(({ group, series }) => [group.name, series.cpuAverage.kind])
  expect(known).toEqual([
    ['a', 'known'],
    ['poison', 'unknown'],
    ['b', 'known'],
    ['c', 'known'],
  ])
})

test('an endpoint that is too slow for many queries at once is asked for fewer, and every series is there', async () => {
  const { url, calls } = await oddEndpoint({ metrics: { most: 4 } })
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
  const clients = createAwsClients({ region, endpoint: url, credentials, requestTimeoutMs: 100 })
  const read = await createSignalReader(clients).read([groupNamed('web')], window, policyOfGroup)
  const series = read.get(groupNamed('web').groupKey)?.series
  expect([series?.cpuAverage.kind, series?.cpuMaximum.kind, series?.networkOut.kind]).toEqual([
    'known',
    'known',
    'known',
  ])
  expect(calls.length).toBeLessThan(12)
})

test('an endpoint without GetMetricData is not asked for ever', async () => {
  const { clients, server } = await standIn({}, [{ operation: 'cloudwatch:GetMetricData', kind: 'errorPage' }])
  const groups = Array.from({ length: 40 }, (_, index) => groupNamed(`g${index}`))
  const read = await createSignalReader(clients).read(groups, window, policyOfGroup)
  expect([...read.values()].every(({ series }) => series.cpuAverage.kind === 'unknown')).toBe(true)
  expect(server.calls.get('cloudwatch:GetMetricData')).toBeLessThan(30)
})

test('a denied account throws once, naming the permission; an unreachable one names the endpoint', async () => {
  const { clients } = await standIn({ 'cloudwatch:GetMetricData': metricData(() => flat(1)) }, [
    { operation: 'cloudwatch:GetMetricData', kind: 'denied' },
  ])
  await expect(createSignalReader(clients).read([groupNamed('web')], window, policyOfGroup)).rejects.toMatchObject({
    code: 'permission',
    message: expect.stringContaining('grant cloudwatch:GetMetricData'),
  })
  const nowhere = clientsAt('http://127.0.0.1:9')
  await expect(createSignalReader(nowhere).read([groupNamed('web')], window, policyOfGroup)).rejects.toMatchObject({
    code: 'unreachable',
    message: expect.stringContaining('http://127.0.0.1:9'),
  })
})
