import { describe, expect, it } from '@jest/globals'
import type { PublishedMessage } from '../../../src/sandbox/aws-operations/notification-operations.js'
import { minutes, scenario, web, worldOf } from '../world/build-scenario.js'
import { caller, callsOn, refusal } from './call.js'

describe('EC2', () => {
  it('resolves launch template versions by number, $Latest and $Default', () => {
    const call = callsOn(worldOf(scenario()))
    const LaunchTemplateName = 'web'
    call('ec2:CreateLaunchTemplateVersion', { LaunchTemplateName, LaunchTemplateData: { InstanceType: 'c6i.large' } })
    const type = (version: string) =>
      call<{ LaunchTemplateVersions: readonly { LaunchTemplateData: { InstanceType: string } }[] }>(
        'ec2:DescribeLaunchTemplateVersions',
        { LaunchTemplateName, Versions: [version] },
      ).LaunchTemplateVersions[0]?.LaunchTemplateData.InstanceType
    expect([type('$Latest'), type('$Default'), type('1'), type('2')]).toEqual([
      'c6i.large',
      'm6i.large',
      'm6i.large',
      'c6i.large',
    ])
    call('ec2:ModifyLaunchTemplate', { LaunchTemplateName, DefaultVersion: '2' })
    expect(type('$Default')).toBe('c6i.large')
    expect(refusal(() => type('9')).code).toBe('InvalidLaunchTemplateId.VersionNotFound')
  })

  it('gives instance types with vCPU, memory, network and architecture, and refuses unknown ones', () => {
    const call = callsOn(worldOf(scenario()))
    expect(call('ec2:DescribeInstanceTypes', { InstanceTypes: ['r7g.2xlarge'] })).toMatchObject({
      InstanceTypes: [
        {
          VCpuInfo: { DefaultVCpus: 8 },
          MemoryInfo: { SizeInMiB: 65536 },
          ProcessorInfo: { SupportedArchitectures: ['arm64'] },
        },
      ],
    })
    expect(refusal(() => call('ec2:DescribeInstanceTypes', { InstanceTypes: ['x9.huge'] })).code).toBe(
      'InvalidInstanceType',
    )
  })

  it('gives spot prices of every zone, well below on-demand, and finds instances by their group', () => {
    const call = callsOn(worldOf(scenario()))
    const { SpotPriceHistory } = call<{ SpotPriceHistory: readonly { SpotPrice: string; AvailabilityZone: string }[] }>(
      'ec2:DescribeSpotPriceHistory',
      { InstanceTypes: ['m6i.large'] },
    )
    expect(new Set(SpotPriceHistory.map((one) => one.AvailabilityZone)).size).toBe(3)
    for (const { SpotPrice } of SpotPriceHistory) expect(Number(SpotPrice)).toBeLessThan(0.096 / 2)
    const Filters = [{ Name: 'tag:aws:autoscaling:groupName', Values: ['web'] }]
    expect(call<{ Reservations: readonly unknown[] }>('ec2:DescribeInstances', { Filters }).Reservations).toHaveLength(
      4,
    )
  })
})

describe('spot placement scores', () => {
  const types = ['m6i.large', 'm6a.large', 'c6i.xlarge', 'r6i.large', 'm5.large', 'm7i.large']
  const asked = (input: Parameters<ReturnType<typeof callsOn>>[1]) =>
    callsOn(worldOf(scenario()))<{
      SpotPlacementScores: readonly { Region: string; AvailabilityZoneId?: string; Score: number }[]
    }>('ec2:GetSpotPlacementScores', input).SpotPlacementScores

  it('are given by region or zone, from 1 to 10, and few types or much capacity score lower', () => {
    const wish = { InstanceTypes: types, TargetCapacity: 6, RegionNames: ['us-east-1'] }
    expect(asked(wish)).toEqual([{ Region: 'us-east-1', Score: 6 }])
    expect(asked({ ...wish, TargetCapacity: 600 })[0]?.Score).toBe(4)
    expect(asked({ ...wish, InstanceTypes: ['m6i.large'] })[0]?.Score).toBe(2)
    expect(asked({ ...wish, SingleAvailabilityZone: true }).map((one) => one.AvailabilityZoneId)).toEqual([
      'use1-az1',
      'use1-az2',
      'use1-az3',
    ])
  })

  it.each([
    ['InvalidParameterValue', { InstanceTypes: ['x9.huge'], TargetCapacity: 1 }],
    ['InvalidParameterValue', { InstanceTypes: ['m6i.large'], TargetCapacity: 0 }],
    ['InvalidParameterValue', { InstanceTypes: ['m6i.large'], TargetCapacity: 1, MaxResults: 5 }],
    ['MissingParameter', { TargetCapacity: 1 }],
    ['InvalidParameterCombination', { InstanceTypes: types, InstanceRequirementsWithMetadata: {}, TargetCapacity: 1 }],
  ])('are refused with %s for %j', (code, input) => {
    expect(refusal(() => asked(input)).code).toBe(code)
  })
})

describe('Elastic Load Balancing', () => {
  it('tells healthy targets from new, failing and draining ones', () => {
    const world = worldOf(
      scenario({ health: { kind: 'newInstancesFail', from: 'historyEnd' }, healthCheckGraceSeconds: 300 }),
    )
    const call = callsOn(world)
    const { TargetGroups } = call<{ TargetGroups: readonly { TargetGroupArn: string }[] }>(
      'elasticloadbalancing:DescribeTargetGroups',
    )
    const health = () =>
      call<{ TargetHealthDescriptions: readonly { TargetHealth: { State: string } }[] }>(
        'elasticloadbalancing:DescribeTargetHealth',
        { TargetGroupArn: TargetGroups[0]?.TargetGroupArn },
      ).TargetHealthDescriptions.map(({ TargetHealth }) => TargetHealth.State)
    call('autoscaling:SetDesiredCapacity', { AutoScalingGroupName: 'web', DesiredCapacity: 5 })
    expect(health()).toEqual(['healthy', 'healthy', 'healthy', 'healthy', 'initial'])
    world.advance(minutes(4))
    expect(health().at(4)).toBe('unhealthy')
    world.advance(minutes(5))
    expect(health()).toContain('draining')
    expect(refusal(() => call('elasticloadbalancing:DescribeTargetGroups', { Names: ['x'] })).code).toBe(
      'TargetGroupNotFound',
    )
  })
})

describe('Cost Explorer', () => {
  const cost = (world: ReturnType<typeof worldOf>, rest: Record<string, unknown>) =>
    callsOn(world)<{
      ResultsByTime: readonly {
        readonly Estimated: boolean
        readonly Total: Readonly<Record<string, { readonly Amount: string }>>
        readonly Groups: readonly {
          readonly Keys: readonly string[]
          readonly Metrics: Readonly<Record<string, { readonly Amount: string }>>
        }[]
      }[]
    }>('ce:GetCostAndUsage', { Granularity: 'DAILY', Metrics: ['UnblendedCost', 'UsageQuantity'], ...rest })
      .ResultsByTime
  const day = { TimePeriod: { Start: '2026-11-24', End: '2026-11-25' } }

  it('bills instance-hours at their price, by usage type', () => {
    const world = worldOf(scenario())
    const [result] = cost(world, { ...day, GroupBy: [{ Type: 'DIMENSION', Key: 'USAGE_TYPE' }] })
    const box = result?.Groups.find(({ Keys }) => Keys[0] === 'BoxUsage:m6i.large')
    expect(Number(box?.Metrics.UsageQuantity?.Amount)).toBeCloseTo(4 * 12, 6)
    expect(Number(box?.Metrics.UnblendedCost?.Amount)).toBeCloseTo(4 * 12 * 0.096, 6)
    expect(result?.Estimated).toBe(true)
  })

  it('adds up to the same total however it is grouped, and can be narrowed to one group', () => {
    const world = worldOf(scenario(), scenario({ name: 'api', tags: {} }))
    const total = Number(cost(world, day)[0]?.Total.UnblendedCost?.Amount)
    const GroupBy = [{ Type: 'TAG', Key: 'aws:autoscaling:groupName' }]
    const groups = cost(world, { ...day, GroupBy })[0]?.Groups ?? []
    expect(groups.map(({ Keys }) => Keys[0])).toEqual([
      'aws:autoscaling:groupName$',
      'aws:autoscaling:groupName$api',
      'aws:autoscaling:groupName$web',
    ])
    expect(groups.reduce((sum, { Metrics }) => sum + Number(Metrics.UnblendedCost?.Amount), 0)).toBeCloseTo(total, 6)
    const Filter = { Tags: { Key: 'aws:autoscaling:groupName', Values: ['web'] } }
    expect(Number(cost(world, { ...day, Filter })[0]?.Total.UnblendedCost?.Amount)).toBeLessThan(total / 2)
  })

  it('gives whole months before the history at the history’s own rate', () => {
    const world = worldOf(scenario())
    world.advance(minutes(3 * 1440))
    const months = cost(world, { TimePeriod: { Start: '2026-08-01', End: '2026-11-01' }, Granularity: 'MONTHLY' })
    expect(months).toHaveLength(3)
    for (const { Total } of months) expect(Number(Total.UnblendedCost?.Amount)).toBeGreaterThan(30 * 24 * 4 * 0.09)
  })

  it('refuses a period that ends before it starts', () => {
    const world = worldOf(scenario())
    const TimePeriod = { Start: '2026-11-25', End: '2026-11-24' }
    expect(refusal(() => cost(world, { TimePeriod })).code).toBe('ValidationException')
  })
})

describe('Pricing', () => {
  it('gives one product for a type in the price list’s own shape', () => {
    const call = callsOn(worldOf(scenario()))
    const Filters = [{ Type: 'TERM_MATCH', Field: 'instanceType', Value: 'm6i.large' }]
    const { PriceList } = call<{ PriceList: readonly string[] }>('pricing:GetProducts', {
      ServiceCode: 'AmazonEC2',
      Filters,
    })
    expect(PriceList).toHaveLength(1)
    const [term] = Object.values<{ priceDimensions: Record<string, { pricePerUnit: { USD: string } }> }>(
      JSON.parse(PriceList[0] ?? '{}').terms.OnDemand,
    )
    expect(Object.values(term?.priceDimensions ?? {})[0]?.pricePerUnit.USD).toBe('0.0960000000')
  })
})

describe('SNS, Logs, CloudFormation, STS', () => {
  it('keeps published messages, and refuses a topic that does not exist', () => {
    const messages: PublishedMessage[] = []
    const call = callsOn(worldOf(scenario()), messages)
    const { TopicArn } = call<{ TopicArn: string }>('sns:CreateTopic', { Name: 'alerts' })
    call('sns:Publish', {
      TopicArn,
      Subject: 'Hello',
      Message: 'text',
      MessageAttributes: { kind: { StringValue: 'a' } },
    })
    expect(messages).toMatchObject([
      { topicArn: TopicArn, subject: 'Hello', message: 'text', attributes: { kind: 'a' } },
    ])
    expect(refusal(() => call('sns:Publish', { TopicArn: `${TopicArn}x`, Message: 'a' })).code).toBe('NotFound')
  })

  it('keeps log events in their stream', () => {
    const call = callsOn(worldOf(scenario()))
    const stream = { logGroupName: '/aws/optimization/x', logStreamName: 's' }
    expect(refusal(() => call('logs:CreateLogStream', stream)).code).toBe('ResourceNotFoundException')
    call('logs:CreateLogGroup', stream)
    call('logs:CreateLogStream', stream)
    call('logs:PutLogEvents', { ...stream, logEvents: [{ timestamp: 5, message: 'one' }] })
    expect(call('logs:GetLogEvents', stream)).toMatchObject({ events: [{ timestamp: 5, message: 'one' }] })
    expect(refusal(() => call('logs:CreateLogStream', stream)).code).toBe('ResourceAlreadyExistsException')
  })

  it('hides a received message from the queue until it is deleted or its time is over', () => {
    const world = worldOf(scenario())
    const call = callsOn(world)
    const { QueueUrl } = call<{ QueueUrl: string }>('sqs:CreateQueue', { QueueName: 'hooks' })
    const receive = () =>
      call<{ Messages: readonly { Body: string; ReceiptHandle: string }[] }>('sqs:ReceiveMessage', { QueueUrl })
        .Messages
    call('sqs:SendMessage', { QueueUrl, MessageBody: 'one' })
    expect(receive()).toMatchObject([{ Body: 'one', MD5OfBody: 'f97c5d29941bfb1b2fdab0874906ab82' }])
    expect(receive()).toEqual([])
    world.advance(31_000)
    const [again] = receive()
    expect(again).toMatchObject({ Attributes: { ApproximateReceiveCount: '2' } })
    call('sqs:DeleteMessage', { QueueUrl, ReceiptHandle: again?.ReceiptHandle })
    world.advance(31_000)
    expect(receive()).toEqual([])
    const elsewhere = { QueueUrl: `${QueueUrl}x`, MessageBody: 'one' }
    expect(refusal(() => call('sqs:SendMessage', elsewhere)).code).toBe('QueueDoesNotExist')
  })

  it('keeps secrets by name and ARN', () => {
    const call = callsOn(worldOf(scenario()))
    const { ARN } = call<{ ARN: string }>('secretsmanager:CreateSecret', { Name: 'app', SecretString: '{"a":1}' })
    expect(call('secretsmanager:GetSecretValue', { SecretId: 'app' })).toMatchObject({ SecretString: '{"a":1}' })
    call('secretsmanager:PutSecretValue', { SecretId: ARN, SecretString: '{"a":2}' })
    expect(call('secretsmanager:GetSecretValue', { SecretId: ARN })).toMatchObject({ SecretString: '{"a":2}' })
    expect(refusal(() => call('secretsmanager:GetSecretValue', { SecretId: 'b' })).code).toBe(
      'ResourceNotFoundException',
    )
    expect(refusal(() => call('secretsmanager:CreateSecret', { Name: 'app' })).code).toBe('ResourceExistsException')
  })

  it('knows the stack of a group by its tag, and the account of the caller', () => {
    const world = worldOf(scenario({ tags: { 'aws:cloudformation:stack-name': 'shop' } }))
    const call = callsOn(world)
    expect(call('cloudformation:DescribeStacks', { StackName: 'shop' })).toMatchObject({
      Stacks: [{ StackStatus: 'UPDATE_COMPLETE' }],
    })
    expect(refusal(() => call('cloudformation:DescribeStacks', { StackName: 'x' })).message).toBe(
      'Stack with id x does not exist',
    )
    expect(call('sts:GetCallerIdentity')).toMatchObject({ Account: caller.account })
    expect(web(world).scenario.name).toBe('web')
  })
})
