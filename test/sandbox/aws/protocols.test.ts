import {
  AutoScalingClient,
  DescribeAutoScalingGroupsCommand,
  PutScalingPolicyCommand,
  SetDesiredCapacityCommand,
} from '@aws-sdk/client-auto-scaling'
import { CloudWatchLogsClient, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { CostExplorerClient, GetCostAndUsageCommand } from '@aws-sdk/client-cost-explorer'
import { DescribeInstancesCommand, DescribeInstanceTypesCommand, EC2Client } from '@aws-sdk/client-ec2'
import { DescribeTargetHealthCommand, ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2'
import { GetProductsCommand, PricingClient } from '@aws-sdk/client-pricing'
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns'
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { expect, test } from '@jest/globals'
import type { Caller, Operation } from '../../../src/sandbox/aws/operation.js'
import { clientFor, started } from './started.js'

/** A server whose operations keep their inputs and answer with what is given. */
async function recording(outputs: Readonly<Record<string, unknown>>) {
  const inputs: unknown[] = []
  const callers: Caller[] = []
  const record =
    (output: unknown): Operation =>
    (input, caller) => {
      inputs.push(input)
      callers.push(caller)
      return output
    }
  const operations = Object.fromEntries(Object.entries(outputs).map(([name, output]) => [name, record(output)]))
  return { server: await started({ operations }), inputs, callers }
}

test('an Auto Scaling group comes through Query/XML with its lists, structures, numbers, times and escaped text', async () => {
  const group = {
    AutoScalingGroupName: 'shop <web> & "co"',
    MinSize: 2,
    MaxSize: 10,
    DesiredCapacity: 4,
    DefaultCooldown: 300,
    AvailabilityZones: ['eu-west-1a', 'eu-west-1b'],
    HealthCheckType: 'ELB',
    CreatedTime: new Date('2026-11-01T10:00:00.000Z'),
    NewInstancesProtectedFromScaleIn: false,
    SuspendedProcesses: [],
    Instances: [
      {
        InstanceId: 'i-1',
        AvailabilityZone: 'eu-west-1a',
        LifecycleState: 'InService',
        HealthStatus: 'Healthy',
        ProtectedFromScaleIn: false,
        LaunchTemplate: { LaunchTemplateId: 'lt-1', Version: '3' },
      },
    ],
    Tags: [{ Key: 'Environment', Value: 'production', PropagateAtLaunch: true }],
  }
  const { server, inputs, callers } = await recording({
    'autoscaling:DescribeAutoScalingGroups': { AutoScalingGroups: [group], NextToken: 'more' },
  })
  const input = { AutoScalingGroupNames: ['a', 'b'], Filters: [{ Name: 'tag:x', Values: ['y', 'z'] }], MaxRecords: 5 }
  const client = new AutoScalingClient(clientFor(server))
  const output = await client.send(new DescribeAutoScalingGroupsCommand(input))
  expect(output.AutoScalingGroups).toEqual([group])
  expect(output.NextToken).toBe('more')
  expect(inputs).toEqual([input])
  expect(callers).toEqual([{ account: '123456789012', region: 'eu-west-1', accessKeyId: 'AKIDTRIMTAB' }])
})

test('booleans, decimals and nested structures of a request reach the operation as the caller gave them', async () => {
  const { server, inputs } = await recording({
    'autoscaling:PutScalingPolicy': { PolicyARN: 'arn:p', Alarms: [] },
    'autoscaling:SetDesiredCapacity': undefined,
  })
  const client = new AutoScalingClient(clientFor(server))
  const policy = {
    AutoScalingGroupName: 'web',
    PolicyName: 'cpu',
    PolicyType: 'TargetTrackingScaling',
    TargetTrackingConfiguration: {
      PredefinedMetricSpecification: { PredefinedMetricType: 'ASGAverageCPUUtilization' as const },
      TargetValue: 62.5,
      DisableScaleIn: false,
    },
  }
  const desired = { AutoScalingGroupName: 'web', DesiredCapacity: 6, HonorCooldown: true }
  expect((await client.send(new PutScalingPolicyCommand(policy))).PolicyARN).toBe('arn:p')
  await client.send(new SetDesiredCapacityCommand(desired))
  expect(inputs).toEqual([policy, desired])
})

test('EC2 speaks its own flavour of Query both ways', async () => {
  const launchedAt = new Date('2026-11-20T06:00:00.000Z')
  const reservations = [
    { ReservationId: 'r-1', Instances: [{ InstanceId: 'i-1', InstanceType: 'm6i.large', LaunchTime: launchedAt }] },
  ]
  const types = [
    { InstanceType: 'm6i.large', VCpuInfo: { DefaultVCpus: 2 }, MemoryInfo: { SizeInMiB: 8192 }, BareMetal: false },
  ]
  const { server, inputs } = await recording({
    'ec2:DescribeInstances': { Reservations: reservations },
    'ec2:DescribeInstanceTypes': { InstanceTypes: types },
  })
  const client = new EC2Client(clientFor(server))
  const instances = { InstanceIds: ['i-1', 'i-2'], Filters: [{ Name: 'tag:a', Values: ['b'] }] }
  expect((await client.send(new DescribeInstancesCommand(instances))).Reservations).toEqual(reservations)
  const typesAsked = { InstanceTypes: ['m6i.large' as const], DryRun: false }
  expect((await client.send(new DescribeInstanceTypesCommand(typesAsked))).InstanceTypes).toEqual(types)
  expect(inputs).toEqual([instances, typesAsked])
})

test('load balancing, SNS and STS speak Query, maps included', async () => {
  const health = [{ Target: { Id: 'i-1', Port: 80 }, TargetHealth: { State: 'healthy' as const } }]
  const expiration = new Date('2026-11-23T11:00:00.000Z')
  const credentials = { AccessKeyId: 'ASIA', SecretAccessKey: 's', SessionToken: 't', Expiration: expiration }
  const { server, inputs } = await recording({
    'elasticloadbalancing:DescribeTargetHealth': { TargetHealthDescriptions: health },
    'sns:Publish': { MessageId: 'm-1' },
    'sts:GetCallerIdentity': { Account: '111122223333', Arn: 'arn:x', UserId: 'u' },
    'sts:AssumeRole': { Credentials: credentials },
  })
  const config = clientFor(server)
  const balancing = new ElasticLoadBalancingV2Client(config)
  const answer = await balancing.send(new DescribeTargetHealthCommand({ TargetGroupArn: 'arn:tg' }))
  expect(answer.TargetHealthDescriptions).toEqual(health)
  const message = {
    TopicArn: 'arn:t',
    Message: 'a\nb = c & d',
    MessageAttributes: { kind: { DataType: 'String', StringValue: 'alarm' } },
  }
  expect((await new SNSClient(config).send(new PublishCommand(message))).MessageId).toBe('m-1')
  const sts = new STSClient(config)
  expect((await sts.send(new GetCallerIdentityCommand({}))).Account).toBe('111122223333')
  const role = { RoleArn: 'arn:aws:iam::111122223333:role/trimtab', RoleSessionName: 'trimtab' }
  expect((await sts.send(new AssumeRoleCommand(role))).Credentials).toEqual(credentials)
  expect(inputs).toEqual([{ TargetGroupArn: 'arn:tg' }, message, {}, role])
})

test('Cost Explorer and Pricing speak JSON', async () => {
  const month = { Start: '2026-11-01', End: '2026-12-01' }
  const results = [
    { TimePeriod: month, Total: { UnblendedCost: { Amount: '12.5', Unit: 'USD' } }, Groups: [], Estimated: true },
  ]
  const { server, inputs } = await recording({
    'ce:GetCostAndUsage': { ResultsByTime: results },
    'pricing:GetProducts': { FormatVersion: 'aws_v1', PriceList: ['{"product":{"sku":"A"}}'] },
  })
  const costs = { TimePeriod: month, Granularity: 'MONTHLY' as const, Metrics: ['UnblendedCost'] }
  const costAnswer = await new CostExplorerClient(clientFor(server)).send(new GetCostAndUsageCommand(costs))
  expect(costAnswer.ResultsByTime).toEqual(results)
  const products = { ServiceCode: 'AmazonEC2', MaxResults: 1 }
  const priceAnswer = await new PricingClient(clientFor(server)).send(new GetProductsCommand(products))
  expect(priceAnswer.PriceList?.map(String)).toEqual(['{"product":{"sku":"A"}}'])
  expect(inputs).toEqual([costs, products])
})

test('CloudWatch Logs, SQS and Secrets Manager speak JSON', async () => {
  const { server, inputs } = await recording({
    'logs:PutLogEvents': { nextSequenceToken: '2' },
    'sqs:SendMessage': { MessageId: 'm-1', MD5OfMessageBody: 'c72b9698fa1927e1dd12d3cf26ed84b2' },
    'secretsmanager:GetSecretValue': { SecretString: '{}' },
  })
  const lines = { logGroupName: 'g', logStreamName: 's', logEvents: [{ timestamp: 1795600000000, message: 'm' }] }
  const logs = await new CloudWatchLogsClient(clientFor(server)).send(new PutLogEventsCommand(lines))
  expect(logs.nextSequenceToken).toBe('2')
  const message = { QueueUrl: `${server.url}/123456789012/hooks`, MessageBody: 'test message' }
  const sent = await new SQSClient(clientFor(server)).send(new SendMessageCommand(message))
  expect(sent.MessageId).toBe('m-1')
  const asked = { SecretId: 'app' }
  const secret = await new SecretsManagerClient(clientFor(server)).send(new GetSecretValueCommand(asked))
  expect(secret.SecretString).toBe('{}')
  expect(inputs).toEqual([lines, message, asked])
})

test('calls are counted by service and operation, and told with their region and whether they write', async () => {
  const seen: unknown[] = []
  const operations = {
    'autoscaling:DescribeAutoScalingGroups': () => ({}),
    'autoscaling:SetDesiredCapacity': () => ({}),
  }
  const server = await started({ operations, onCall: (call) => seen.push(call) })
  const client = new AutoScalingClient(clientFor(server))
  await client.send(new DescribeAutoScalingGroupsCommand({}))
  await client.send(new SetDesiredCapacityCommand({ AutoScalingGroupName: 'a', DesiredCapacity: 1 }))
  await client.send(new DescribeAutoScalingGroupsCommand({}))
  expect(Object.fromEntries(server.calls)).toEqual({
    'autoscaling:DescribeAutoScalingGroups': 2,
    'autoscaling:SetDesiredCapacity': 1,
  })
  expect(seen.slice(0, 2)).toEqual([
    { service: 'autoscaling', operation: 'DescribeAutoScalingGroups', region: 'eu-west-1', write: false },
    { service: 'autoscaling', operation: 'SetDesiredCapacity', region: 'eu-west-1', write: true },
  ])
})
