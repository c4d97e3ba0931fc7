import {
  AutoScalingClient,
  DescribeAutoScalingGroupsCommand,
  SetDesiredCapacityCommand,
} from '@aws-sdk/client-auto-scaling'
import { CloudWatchClient, GetMetricDataCommand, ListMetricsCommand } from '@aws-sdk/client-cloudwatch'
import { CostExplorerClient, GetCostAndUsageCommand } from '@aws-sdk/client-cost-explorer'
import { DescribeInstancesCommand, DescribeLaunchTemplateVersionsCommand, EC2Client } from '@aws-sdk/client-ec2'
import { DescribeServicesCommand, PricingClient } from '@aws-sdk/client-pricing'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { expect, test } from '@jest/globals'
import { AwsError } from '../../../src/sandbox/aws/aws-error.js'
import type { Operations } from '../../../src/sandbox/aws/operation.js'
import { authorization, clientFor, failure, postForm, started } from './started.js'

const nothing: Operations = {
  'autoscaling:DescribeAutoScalingGroups': () => ({}),
  'autoscaling:SetDesiredCapacity': () => ({}),
  'cloudwatch:GetMetricData': () => ({}),
  'ce:GetCostAndUsage': () => ({}),
  'ec2:DescribeInstances': () => ({}),
  'sts:GetCallerIdentity': () => ({}),
  'pricing:DescribeServices': () => ({}),
}

async function refused(promise: Promise<unknown>) {
  const error = await failure(promise)
  return { name: error.name, message: error.message, status: error.$metadata?.httpStatusCode }
}

test('an operation refuses in its own words, by the code of the wire or the name of the SDK', async () => {
  const server = await started({
    operations: {
      'autoscaling:SetDesiredCapacity': () => {
        throw new AwsError('ScalingActivityInProgress', 'busy <now>')
      },
      'autoscaling:DescribeAutoScalingGroups': () => {
        throw new AwsError('ResourceContentionFault', 'contended')
      },
      'cloudwatch:GetMetricData': () => {
        throw new AwsError('InvalidParameterValue', 'bad period')
      },
      'ce:GetCostAndUsage': () => {
        throw new AwsError('DataUnavailableException', 'not yet')
      },
      'ec2:DescribeInstances': () => {
        throw new AwsError('InvalidInstanceID.NotFound', 'no i-1')
      },
    },
  })
  const config = clientFor(server)
  const scaling = new AutoScalingClient(config)
  const set = new SetDesiredCapacityCommand({ AutoScalingGroupName: 'a', DesiredCapacity: 1 })
  const metrics = new GetMetricDataCommand({ MetricDataQueries: [], StartTime: new Date(0), EndTime: new Date(1000) })
  const costs = new GetCostAndUsageCommand({
    TimePeriod: { Start: '2026-11-01', End: '2026-12-01' },
    Granularity: 'DAILY',
    Metrics: [],
  })
  expect(await refused(scaling.send(set))).toEqual({
    name: 'ScalingActivityInProgressFault',
    message: 'busy <now>',
    status: 400,
  })
  expect(await refused(scaling.send(new DescribeAutoScalingGroupsCommand({})))).toEqual({
    name: 'ResourceContentionFault',
    message: 'contended',
    status: 500,
  })
  expect(await refused(new CloudWatchClient(config).send(metrics))).toEqual({
    name: 'InvalidParameterValueException',
    message: 'bad period',
    status: 400,
  })
  expect(await refused(new CostExplorerClient(config).send(costs))).toEqual({
    name: 'DataUnavailableException',
    message: 'not yet',
    status: 400,
  })
  expect(await refused(new EC2Client(config).send(new DescribeInstancesCommand({})))).toEqual({
    name: 'InvalidInstanceID.NotFound',
    message: 'no i-1',
    status: 400,
  })
})

test('a fault in an operation reaches the caller as the service failing, with what was thrown', async () => {
  const operations: Operations = {
    'autoscaling:DescribeAutoScalingGroups': () => ({ AutoScalingGroups: [{ CreatedTime: 'not a date' }] }),
    'ec2:DescribeInstances': () => {
      throw new Error('the world is broken')
    },
  }
  const config = clientFor(await started({ operations }))
  const described = await refused(new AutoScalingClient(config).send(new DescribeAutoScalingGroupsCommand({})))
  expect(described).toMatchObject({ name: 'InternalFailure', status: 500 })
  const instances = await refused(new EC2Client(config).send(new DescribeInstancesCommand({})))
  expect(instances).toMatchObject({ name: 'InternalError', status: 500 })
  expect(instances.message).toContain('the world is broken')
})

test('an operation that nobody registered is unknown, as it is on other AWS implementations', async () => {
  const config = clientFor(await started({ operations: {} }))
  const scaling = new AutoScalingClient(config).send(new DescribeAutoScalingGroupsCommand({}))
  expect(await refused(scaling)).toMatchObject({ name: 'InvalidAction', status: 400 })
  const metrics = new CloudWatchClient(config).send(new ListMetricsCommand({}))
  expect(await refused(metrics)).toMatchObject({ name: 'UnknownOperationException', status: 400 })
  const templates = new EC2Client(config).send(new DescribeLaunchTemplateVersionsCommand({}))
  expect(await refused(templates)).toMatchObject({ name: 'InvalidAction', status: 400 })
})

test('a required member that is missing is a validation error in each service’s manner', async () => {
  const config = clientFor(await started({ operations: { ...nothing, 'ec2:RunInstances': () => ({}) } }))
  const unnamed = new SetDesiredCapacityCommand({ AutoScalingGroupName: undefined, DesiredCapacity: 3 })
  expect(await refused(new AutoScalingClient(config).send(unnamed))).toEqual({
    name: 'ValidationError',
    message:
      "1 validation error detected: Value null at 'AutoScalingGroupName' failed to satisfy constraint: Member must not be null",
    status: 400,
  })
  const nested = new GetMetricDataCommand({
    MetricDataQueries: [{ Id: 'a' }, { Id: undefined }],
    StartTime: new Date(0),
    EndTime: new Date(1000),
  })
  const nestedRefusal = await refused(new CloudWatchClient(config).send(nested))
  expect(nestedRefusal).toMatchObject({ name: 'ValidationException', status: 400 })
  expect(nestedRefusal.message).toContain("'MetricDataQueries.2.member.Id'")
  const costs = new GetCostAndUsageCommand({ TimePeriod: undefined, Granularity: 'DAILY', Metrics: [] })
  expect(await refused(new CostExplorerClient(config).send(costs))).toMatchObject({ name: 'ValidationException' })
  const server = await started({ operations: { 'ec2:RunInstances': () => ({}) } })
  const answer = await postForm(server.url, 'ec2', 'Action=RunInstances&Version=2016-11-15&MinCount=1')
  expect(answer.status).toBe(400)
  expect(await answer.text()).toContain('<Code>MissingParameter</Code>')
})

test('values of the wrong kind and unreadable bodies are refused before the operation sees them', async () => {
  let ran = false
  const server = await started({
    operations: {
      'cloudwatch:GetMetricData': () => {
        ran = true
      },
      'autoscaling:SetDesiredCapacity': () => {
        ran = true
      },
    },
  })
  const headers = {
    authorization: authorization('monitoring'),
    'x-amz-target': 'GraniteServiceVersion20100801.GetMetricData',
  }
  for (const body of ['{"MetricDataQueries": "x"}', '{"MetricDataQueries": [{"Id": 3}]}', '[1]', '{oops', '"x"']) {
    const answer = await fetch(server.url, { method: 'POST', headers, body })
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ __type: 'SerializationException' })
  }
  const forms = ['DesiredCapacity=many', 'DesiredCapacity=1&HonorCooldown=perhaps', 'DesiredCapacity=']
  for (const form of forms) {
    const action = 'Action=SetDesiredCapacity&Version=2011-01-01&AutoScalingGroupName=a'
    const answer = await postForm(server.url, 'autoscaling', `${action}&${form}`)
    expect(answer.status).toBe(400)
    expect(await answer.text()).toContain('<Code>MalformedInput</Code>')
  }
  expect(ran).toBe(false)
})

test('an unknown access key is refused with the code that each service uses', async () => {
  const credentials = [{ accessKeyId: 'AKIDKNOWN', secretAccessKey: 'secret', account: '111122223333' }]
  const accounts: string[] = []
  const server = await started({
    operations: {
      ...nothing,
      'sts:GetCallerIdentity': (_input, caller) => {
        accounts.push(caller.account)
        return { Account: caller.account }
      },
    },
    credentials,
  })
  const config = clientFor(server, 'AKIDSTRANGER')
  const identity = new GetCallerIdentityCommand({})
  expect(await refused(new STSClient(config).send(identity))).toMatchObject({
    name: 'InvalidClientTokenId',
    status: 403,
  })
  const scaling = new AutoScalingClient(config).send(new DescribeAutoScalingGroupsCommand({}))
  expect(await refused(scaling)).toMatchObject({ name: 'InvalidClientTokenId', status: 403 })
  const instances = new EC2Client(config).send(new DescribeInstancesCommand({}))
  expect(await refused(instances)).toMatchObject({ name: 'AuthFailure', status: 403 })
  const prices = new PricingClient(config).send(new DescribeServicesCommand({}))
  expect(await refused(prices)).toMatchObject({ name: 'UnrecognizedClientException', status: 403 })
  const metrics = new GetMetricDataCommand({ MetricDataQueries: [], StartTime: new Date(0), EndTime: new Date(1) })
  const metricsRefusal = await refused(new CloudWatchClient(config).send(metrics))
  expect(metricsRefusal).toMatchObject({ status: 403 })
  expect(['UnrecognizedClientException', 'InvalidClientTokenId']).toContain(metricsRefusal.name)
  expect(server.calls.size).toBe(0)
  await new STSClient(clientFor(server, 'AKIDKNOWN')).send(identity)
  expect(accounts).toEqual(['111122223333'])
})

test('an unsigned request misses its token, in XML or JSON as it spoke', async () => {
  const server = await started({ operations: nothing })
  const form = await fetch(server.url, { method: 'POST', body: 'Action=GetCallerIdentity&Version=2011-06-15' })
  expect(form.status).toBe(403)
  expect(await form.text()).toContain('<Code>MissingAuthenticationToken</Code>')
  const headers = { 'x-amz-target': 'AWSPriceListService.DescribeServices' }
  const json = await fetch(server.url, { method: 'POST', headers, body: '{}' })
  expect(json.status).toBe(403)
  expect(await json.json()).toMatchObject({ __type: 'MissingAuthenticationTokenException' })
})

test('requests for no service, no action or another API version are refused', async () => {
  const server = await started({ operations: nothing })
  const classic = await postForm(server.url, 'elasticloadbalancing', 'Action=DescribeLoadBalancers&Version=2012-06-01')
  expect(await classic.text()).toContain('<Code>InvalidAction</Code>')
  const database = await postForm(server.url, 'rds', 'Action=DescribeDBInstances&Version=2014-10-31')
  expect(await database.text()).toContain('<Code>InvalidAction</Code>')
  const empty = await postForm(server.url, 'ec2', '')
  expect(await empty.text()).toContain('<Code>MissingAction</Code>')
  const headers = { authorization: authorization('kinesis'), 'x-amz-target': 'Kinesis_20131202.ListStreams' }
  const json = await fetch(server.url, { method: 'POST', headers, body: '{}' })
  expect(await json.json()).toMatchObject({ __type: 'UnknownOperationException' })
})

test('a known key whose secret is wrong is refused with the code that each service uses', async () => {
  const credentials = [{ accessKeyId: 'AKIDTRIMTAB', secretAccessKey: 'another', account: '111122223333' }]
  const server = await started({ operations: nothing, credentials })
  const config = clientFor(server)
  const identity = new STSClient(config).send(new GetCallerIdentityCommand({}))
  expect(await refused(identity)).toMatchObject({ name: 'SignatureDoesNotMatch', status: 403 })
  const instances = new EC2Client(config).send(new DescribeInstancesCommand({}))
  expect(await refused(instances)).toMatchObject({ name: 'AuthFailure', status: 403 })
  const prices = new PricingClient(config).send(new DescribeServicesCommand({}))
  expect(await refused(prices)).toMatchObject({ name: 'InvalidSignatureException', status: 403 })
  expect(server.calls.size).toBe(0)
})
