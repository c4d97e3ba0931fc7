import { CloudWatchClient, GetMetricDataCommand, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch'
import { expect, test } from '@jest/globals'
import { clientFor, postForm, started } from './started.js'

const startedAt = new Date('2026-11-23T10:00:00.000Z')
const endedAt = new Date('2026-11-23T11:00:00.000Z')
const metric = {
  Namespace: 'AWS/EC2',
  MetricName: 'CPUUtilization',
  Dimensions: [{ Name: 'AutoScalingGroupName', Value: 'web' }],
}
const asked = {
  MetricDataQueries: [
    { Id: 'cpu', MetricStat: { Metric: metric, Period: 300, Stat: 'Average' }, ReturnData: true },
    { Id: 'twice', Expression: 'cpu * 2' },
  ],
  StartTime: startedAt,
  EndTime: endedAt,
  ScanBy: 'TimestampAscending' as const,
}
const answered = {
  MetricDataResults: [
    { Id: 'cpu', Label: 'CPU', StatusCode: 'Complete' as const, Timestamps: [startedAt], Values: [41.25] },
  ],
  Messages: [],
}

async function metricServer() {
  const inputs: unknown[] = []
  const server = await started({
    operations: {
      'cloudwatch:GetMetricData': (input) => {
        inputs.push(input)
        return answered
      },
      'cloudwatch:PutMetricData': (input) => {
        inputs.push(input)
      },
    },
  })
  return { server, inputs }
}

test('the SDK gets metric data by JSON 1.0', async () => {
  const { server, inputs } = await metricServer()
  const output = await new CloudWatchClient(clientFor(server)).send(new GetMetricDataCommand(asked))
  expect(output.MetricDataResults).toEqual(answered.MetricDataResults)
  expect(inputs).toEqual([asked])
})

test('an older client gets the same metric data by Query and XML', async () => {
  const { server, inputs } = await metricServer()
  const stat = 'MetricDataQueries.member.1.MetricStat'
  const form = new URLSearchParams({
    Action: 'GetMetricData',
    Version: '2010-08-01',
    'MetricDataQueries.member.1.Id': 'cpu',
    [`${stat}.Metric.Namespace`]: 'AWS/EC2',
    [`${stat}.Metric.MetricName`]: 'CPUUtilization',
    [`${stat}.Metric.Dimensions.member.1.Name`]: 'AutoScalingGroupName',
    [`${stat}.Metric.Dimensions.member.1.Value`]: 'web',
    [`${stat}.Period`]: '300',
    [`${stat}.Stat`]: 'Average',
    'MetricDataQueries.member.1.ReturnData': 'true',
    'MetricDataQueries.member.2.Id': 'twice',
    'MetricDataQueries.member.2.Expression': 'cpu * 2',
    StartTime: '2026-11-23T10:00:00Z',
    EndTime: '2026-11-23T11:00:00Z',
    ScanBy: 'TimestampAscending',
  })
  const answer = await postForm(server.url, 'monitoring', form.toString())
  expect(answer.headers.get('content-type')).toContain('text/xml')
  expect(await answer.text()).toBe(
    '<?xml version="1.0" encoding="UTF-8"?>\n' +
      '<GetMetricDataResponse xmlns="http://monitoring.amazonaws.com/doc/2010-08-01/"><GetMetricDataResult>' +
      '<MetricDataResults><member><Id>cpu</Id><Label>CPU</Label>' +
      '<Timestamps><member>2026-11-23T10:00:00Z</member></Timestamps><Values><member>41.25</member></Values>' +
      '<StatusCode>Complete</StatusCode></member></MetricDataResults><Messages/></GetMetricDataResult>' +
      '<ResponseMetadata><RequestId>00000000-0000-4000-8000-000000000001</RequestId></ResponseMetadata>' +
      '</GetMetricDataResponse>',
  )
  expect(inputs).toEqual([asked])
})

test('a zipped PutMetricData is unzipped', async () => {
  const { server, inputs } = await metricServer()
  const client = new CloudWatchClient({ ...clientFor(server), requestMinCompressionSizeBytes: 1 })
  const zipped: unknown[] = []
  client.middlewareStack.add(
    (next) => async (args) => {
      const request = args.request as { headers: Record<string, string> }
      zipped.push(request.headers['content-encoding'] ?? request.headers['Content-Encoding'])
      return next(args)
    },
    { step: 'finalizeRequest', priority: 'low' },
  )
  const put = { Namespace: 'MacroAI/Optimization', MetricData: [{ MetricName: 'PerformanceScore', Value: 82.5 }] }
  await client.send(new PutMetricDataCommand(put))
  expect(zipped).toEqual(['gzip'])
  expect(inputs).toEqual([put])
})

test('a body that is not the gzip it claims to be is refused', async () => {
  const { server } = await metricServer()
  const answer = await fetch(server.url, { method: 'POST', headers: { 'content-encoding': 'gzip' }, body: 'plain' })
  expect(answer.status).toBe(400)
  expect(await answer.text()).toContain('MalformedInput')
})
