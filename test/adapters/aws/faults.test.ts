import { expect, test } from '@jest/globals'
import { type AwsClients, createAwsClients } from '../../../src/adapters/aws/clients.js'
import { createFleet } from '../../../src/adapters/aws/fleet.js'
import { TrimtabError } from '../../../src/core/model/errors.js'
import type { Group } from '../../../src/core/model/group.js'
import { AwsError } from '../../../src/sandbox/aws/aws-error.js'
import type { FaultKind } from '../../../src/sandbox/aws/faults.js'
import { fleetOptions, listed, regionOf, vendorGroup } from './builders.js'
import { oddEndpoint } from './odd-endpoint.js'
import { clientsAt, region, standIn } from './stand-in.js'

/** Each call in each protocol; the wire's name of the service where it differs from the permission's. */
const calls: Readonly<Record<string, (clients: AwsClients) => Promise<unknown>>> = {
  'autoscaling:DescribeAutoScalingGroups': async (clients) =>
    (await clients.autoScaling(region)).describeAutoScalingGroups({}),
  'autoscaling:DescribePolicies': async (clients) => (await clients.autoScaling(region)).describePolicies({}),
  'autoscaling:DescribeScheduledActions': async (clients) =>
    (await clients.autoScaling(region)).describeScheduledActions({}),
  'autoscaling:DescribeScalingActivities': async (clients) =>
    (await clients.autoScaling(region)).describeScalingActivities({}),
  'autoscaling:DescribeInstanceRefreshes': async (clients) =>
    (await clients.autoScaling(region)).describeInstanceRefreshes({ AutoScalingGroupName: 'a' }),
  'autoscaling:DescribeLifecycleHooks': async (clients) =>
    (await clients.autoScaling(region)).describeLifecycleHooks({ AutoScalingGroupName: 'a' }),
  'autoscaling:DescribeLaunchConfigurations': async (clients) =>
    (await clients.autoScaling(region)).describeLaunchConfigurations({}),
  'autoscaling:UpdateAutoScalingGroup': async (clients) =>
    (await clients.autoScaling(region)).updateAutoScalingGroup({ AutoScalingGroupName: 'a', MinSize: 1 }),
  'autoscaling:SetDesiredCapacity': async (clients) =>
    (await clients.autoScaling(region)).setDesiredCapacity({ AutoScalingGroupName: 'a', DesiredCapacity: 1 }),
  'cloudwatch:DescribeAlarms': async (clients) => (await clients.cloudWatch(region)).describeAlarms({}),
  'cloudwatch:GetMetricData': async (clients) =>
    (await clients.cloudWatch(region)).getMetricData({
      StartTime: new Date(0),
      EndTime: new Date(1e6),
      MetricDataQueries: [],
    }),
  'cloudwatch:PutMetricData': async (clients) =>
    (await clients.cloudWatch(region)).putMetricData({ Namespace: 'N', MetricData: [{ MetricName: 'M', Value: 1 }] }),
  'ec2:DescribeInstanceTypes': async (clients) => (await clients.ec2(region)).describeInstanceTypes({}),
  'ec2:DescribeLaunchTemplateVersions': async (clients) =>
    (await clients.ec2(region)).describeLaunchTemplateVersions({}),
  'ec2:DescribeImages': async (clients) => (await clients.ec2(region)).describeImages({}),
  'ec2:DescribeSpotPriceHistory': async (clients) => (await clients.ec2(region)).describeSpotPriceHistory({}),
  'ec2:GetSpotPlacementScores': async (clients) =>
    (await clients.ec2(region)).getSpotPlacementScores({ TargetCapacity: 1, InstanceTypes: ['m6i.large'] }),
  'elasticloadbalancing:DescribeTargetGroups': async (clients) =>
    (await clients.loadBalancing(region)).describeTargetGroups({}),
  'ce:GetCostAndUsage': async (clients) =>
    (await clients.costExplorer()).getCostAndUsage({
      TimePeriod: { Start: '2026-10-01', End: '2026-11-01' },
      Granularity: 'MONTHLY',
      Metrics: ['UnblendedCost'],
    }),
  'pricing:GetProducts': async (clients) => (await clients.pricing()).getProducts({ ServiceCode: 'AmazonEC2' }),
  'sns:Publish': async (clients) =>
    (await clients.sns(region)).publish({ TopicArn: 'arn:aws:sns:us-east-1:1:t', Message: 'm' }),
  'sts:GetCallerIdentity': async (clients) => (await clients.sts(region)).getCallerIdentity(),
}

const kinds: readonly (readonly [FaultKind, string, string])[] = [
  ['denied', 'permission', 'grant '],
  ['throttle', 'throttled', 'throttled'],
  ['serverError', 'internal', 'failed'],
  ['cutConnection', 'unreachable', 'Could not reach http://127.0.0.1:'],
  ['errorPage', 'unsupported', 'AWS_ENDPOINT_URL'],
  ['unsupported', 'unsupported', 'does not support'],
]

async function faultOf(asked: Promise<unknown>): Promise<TrimtabError> {
  const fault = await asked.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (fault instanceof TrimtabError) return fault
  throw new Error(`expected a TrimtabError, got ${String(fault)}`)
}

test.each(kinds)(
  'the fault "%s" at any call is "%s" in one sentence that names the call',
  async (kind, code, words) => {
    const operations = Object.fromEntries(Object.keys(calls).map((call) => [call, () => ({})]))
    const { endpoint } = await standIn(operations, [{ operation: '*', kind }])
    for (const [call, ask] of Object.entries(calls)) {
      // Clients of its own for each call: a throttled one slows its next calls down.
      const fault = await faultOf(ask(clientsAt(endpoint)))
      expect([call, fault.code, fault.call]).toEqual([call, code, call])
      expect(fault.message).toContain(call)
      expect(fault.message).toContain(words)
      expect(fault.message).not.toContain('\n')
      expect(fault.message).not.toMatch(/AKIATRIMTABTEST/)
    }
  },
)

test.each([
  ['InvalidClientTokenId', 'credentials'],
  ['ExpiredToken', 'credentials'],
  ['SignatureDoesNotMatch', 'credentials'],
  ['AuthFailure', 'credentials'],
  ['UnauthorizedOperation', 'permission'],
  ['RequestLimitExceeded', 'throttled'],
  ['InvalidAction', 'unsupported'],
  ['InvalidLaunchTemplateId.NotFound', 'not-found'],
  ['ScalingActivityInProgress', 'conflict'],
  ['ValidationError', 'internal'],
] as const)('AWS says %s, we say %s', async (name, code) => {
  const { clients } = await standIn({
    'autoscaling:DescribePolicies': () => {
      throw new AwsError(name, 'the key AKIAABCDEFGHIJKLMNOP said\nno', 400)
    },
  })
  const fault = await faultOf((await clients.autoScaling(region)).describePolicies({}))
  expect(fault.code).toBe(code)
  expect(fault.message).not.toContain('AKIAABCDEFGHIJKLMNOP')
})

test('an endpoint that nobody listens on is unreachable by its name', async () => {
  const refused = await faultOf((await clientsAt('http://127.0.0.1:9').autoScaling(region)).describePolicies({}))
  expect([refused.code, refused.remedy]).toEqual(['unreachable', 'retry'])
  expect(refused.message).toContain('http://127.0.0.1:9')
})

test('an endpoint that takes a call and never answers is unreachable by its name', async () => {
  const { url } = await oddEndpoint({ oddities: { '*': () => ({ kind: 'silence' }) } })
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
  const clients = createAwsClients({ region, endpoint: url, credentials, maxAttempts: 1, requestTimeoutMs: 50 })
  const silent = await faultOf((await clients.autoScaling(region)).describePolicies({}))
  expect([silent.code, silent.message]).toEqual(['unreachable', expect.stringContaining(`Could not reach ${url}`)])
})

test('a call that is throttled once is tried again and answers', async () => {
  const { clients, server } = await standIn(
    { 'autoscaling:DescribePolicies': () => ({ ScalingPolicies: [] }) },
    [{ operation: 'autoscaling:DescribePolicies', kind: 'serverError', times: 1 }],
    2,
  )
  const answer = await (await clients.autoScaling(region)).describePolicies({})
  expect(answer.ScalingPolicies).toEqual([])
  expect(server.calls.get('autoscaling:DescribePolicies')).toBe(2)
})

const factCalls: readonly (readonly [string, keyof Group])[] = [
  ['autoscaling:DescribePolicies', 'scalingPolicies'],
  ['autoscaling:DescribeScheduledActions', 'scheduledActions'],
  ['autoscaling:DescribeScalingActivities', 'activities'],
  ['autoscaling:DescribeInstanceRefreshes', 'instanceRefreshes'],
  ['autoscaling:DescribeLifecycleHooks', 'lifecycleHooks'],
  ['ec2:DescribeLaunchTemplateVersions', 'launch'],
]
const factFaults = kinds.flatMap(([kind]) => factCalls.map(([call, fact]) => [kind, call, fact] as const))

test.each(factFaults)('%s at %s makes only %s unknown, and says which call', async (kind, call, fact) => {
  const { clients } = await standIn(regionOf([vendorGroup('web')]), [{ operation: call, kind }])
  const [one] = await listed(createFleet(clients, fleetOptions).list({ regions: [region], tags: {} }))
  if (one?.kind !== 'group') throw new Error('expected the group')
  expect(one.group[fact]).toMatchObject({ kind: 'unknown', why: expect.stringContaining(call) })
  const others = factCalls.filter(([, name]) => name !== fact).map(([, name]) => one.group[name])
  for (const other of others) expect(other).toMatchObject({ kind: 'known' })
})

test('denied listing of one region is a fault of that region; wrong credentials and a dead endpoint end the listing', async () => {
  const denied = await standIn(regionOf([vendorGroup('web')]), [
    { operation: 'autoscaling:DescribeAutoScalingGroups', kind: 'denied', times: 1 },
  ])
  const all = await listed(createFleet(denied.clients, fleetOptions).list({ regions: ['eu-west-1', region], tags: {} }))
  expect(all.map((one) => one.kind)).toEqual(['fault', 'group'])
  expect(all[0]).toMatchObject({ scope: 'eu-west-1', error: { code: 'permission' } })
  const wrong = await standIn({
    'autoscaling:DescribeAutoScalingGroups': () => {
      throw new AwsError('InvalidClientTokenId', 'The security token included in the request is invalid.', 403)
    },
  })
  const listing = listed(createFleet(wrong.clients, fleetOptions).list({ regions: [region], tags: {} }))
  expect((await faultOf(listing)).code).toBe('credentials')
  const dead = listed(createFleet(clientsAt('http://127.0.0.1:9'), fleetOptions).list({ regions: [region], tags: {} }))
  expect((await faultOf(dead)).code).toBe('unreachable')
})
