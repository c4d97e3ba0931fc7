import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type Answering, answerCall } from '../../../src/sandbox/aws/answer-call.js'
import { authorization } from './started.js'

const answering: Answering = {
  operations: {
    'autoscaling:CreateAutoScalingGroup': () => ({}),
    'cloudwatch:GetMetricData': () => ({ MetricDataResults: [] }),
    'ec2:RunInstances': () => ({}),
    'ce:GetCostAndUsage': () => ({}),
  },
  credentials: undefined,
  faults: undefined,
  onCall: () => {},
  forward: () => Promise.reject(new Error('no table here')),
  requestId: () => 'id',
}

const forms = [
  'Action=CreateAutoScalingGroup&Version=2011-01-01',
  'Action=RunInstances&Version=2016-11-15',
  '',
  'Action=',
]
const keys = [
  'AutoScalingGroupName',
  'Tags',
  'MixedInstancesPolicy.LaunchTemplate',
  'MetricDataQueries',
  '__proto__',
  'MinSize',
]
const suffix = fc.constantFrom(
  '',
  '.',
  '.member',
  '.member.1',
  '.entry.1.key',
  '.1',
  '.member.99999999',
  `${'.a'.repeat(500)}`,
)
const pair = fc
  .tuple(fc.constantFrom(...keys), suffix, fc.string())
  .map(([key, end, value]) => `&${key}${end}=${value}`)
const formBody = fc.tuple(fc.constantFrom(...forms), fc.array(pair)).map(([start, pairs]) => start + pairs.join(''))
const body = fc.oneof(formBody, fc.json(), fc.string(), fc.constant('{"__proto__": {"a": 1}, "MetricDataQueries": []}'))
const target = fc.constantFrom(
  undefined,
  '',
  '.',
  'GraniteServiceVersion20100801.GetMetricData',
  'GraniteServiceVersion20100801.constructor',
  'AWSInsightsIndexService.GetCostAndUsage',
)
const signature = fc.oneof(
  fc.constantFrom('autoscaling', 'ec2', 'monitoring', 'ce', 'nothing').map((name) => authorization(name)),
  fc.string(),
  fc.constant(undefined),
)

test('whatever arrives is answered, never as a fault of ours', async () => {
  const request = fc.record({ target, signature, body, method: fc.constantFrom('POST', 'GET'), path: fc.webPath() })
  await fc.assert(
    fc.asyncProperty(request, async (drawn) => {
      const headers = { 'x-amz-target': drawn.target, authorization: drawn.signature }
      const sent = { method: drawn.method, path: drawn.path, headers, body: Buffer.from(drawn.body), bodyHash: '' }
      const answer = await answerCall(sent, answering)
      const status = answer.kind === 'reply' ? answer.reply.status : undefined
      expect([200, 400, 403]).toContain(status)
    }),
    { numRuns: 500, seed: 20261123 },
  )
})
