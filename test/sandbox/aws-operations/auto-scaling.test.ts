import { describe, expect, it } from '@jest/globals'
import { fleet, fleetRoles } from '../../../src/sandbox/world/scenarios.js'
import { createWorld } from '../../../src/sandbox/world/world.js'
import { minutes, nowAt, scenario, web, worldOf } from '../world/build-scenario.js'
import { caller, callsOn, refusal } from './call.js'

interface Groups {
  readonly AutoScalingGroups: readonly { readonly AutoScalingGroupName: string; readonly DesiredCapacity: number }[]
  readonly NextToken?: string
}

const describeGroups = 'autoscaling:DescribeAutoScalingGroups'

describe('DescribeAutoScalingGroups', () => {
  const call = callsOn(createWorld({ seed: 1, nowAt, groups: fleet(1), historyDays: 1 }))
  const names = (input: Record<string, unknown>) =>
    call<Groups>(describeGroups, input).AutoScalingGroups.map((group) => group.AutoScalingGroupName)

  it('gives groups by name, all of them without names, and none for an unknown one', () => {
    expect(names({ AutoScalingGroupNames: ['kestrel-search'] })).toEqual(['kestrel-search'])
    expect(names({})).toHaveLength(fleetRoles.length)
    expect(names({ AutoScalingGroupNames: ['nobody'] })).toEqual([])
  })

  it('gives the groups of the caller only', () => {
    for (const by of [
      { ...caller, region: 'eu-west-1' },
      { ...caller, account: '999999999999' },
    ]) {
      expect(call<Groups>(describeGroups, {}, by).AutoScalingGroups).toEqual([])
    }
  })

  it('filters by tag, all filters together', () => {
    const apply = { Name: 'tag:trimtab:apply', Values: ['true'] }
    expect(names({ Filters: [apply] })).toEqual(['kestrel-checkout-api', 'kestrel-notifications'])
    expect(names({ Filters: [apply, { Name: 'tag:Team', Values: ['payments'] }] })).toEqual(['kestrel-checkout-api'])
    expect(names({ Filters: [{ Name: 'tag-key', Values: ['nothing'] }] })).toEqual([])
    expect(refusal(() => names({ Filters: [{ Name: 'size', Values: ['1'] }] })).code).toBe('ValidationError')
  })

  it('pages through every group once', () => {
    const seen: string[] = []
    let NextToken: string | undefined
    do {
      const page = call<Groups>(describeGroups, { MaxRecords: 3, NextToken })
      expect(page.AutoScalingGroups.length).toBeLessThanOrEqual(3)
      seen.push(...page.AutoScalingGroups.map((group) => group.AutoScalingGroupName))
      NextToken = page.NextToken
    } while (NextToken !== undefined)
    expect(seen).toEqual(names({}))
    expect(refusal(() => names({ MaxRecords: 101 })).message).toContain('between 1 and 100')
  })
})

describe('writes', () => {
  it('SetDesiredCapacity acts on the world, and is refused during the cooldown when asked to honour it', () => {
    const world = worldOf(scenario())
    const call = callsOn(world)
    const set = (DesiredCapacity: number, HonorCooldown: boolean) =>
      call('autoscaling:SetDesiredCapacity', { AutoScalingGroupName: 'web', DesiredCapacity, HonorCooldown })
    set(6, true)
    expect(web(world).desiredCapacity).toBe(6)
    expect(refusal(() => set(7, true)).code).toBe('ScalingActivityInProgress')
    set(7, false)
    expect(web(world).desiredCapacity).toBe(7)
  })

  it('UpdateAutoScalingGroup changes sizes and what is launched', () => {
    const world = worldOf(scenario())
    const call = callsOn(world)
    world.launches.addVersion(caller, 'web', { instanceType: 'c6i.large' })
    call('autoscaling:UpdateAutoScalingGroup', {
      AutoScalingGroupName: 'web',
      MinSize: 5,
      LaunchTemplate: { LaunchTemplateName: 'web', Version: '2' },
    })
    world.advance(minutes(5))
    const types = web(world).instances.map(({ instanceType }) => instanceType)
    expect(types).toEqual(['m6i.large', 'm6i.large', 'm6i.large', 'm6i.large', 'c6i.large'])
  })

  it('a mixed-instances policy buys the base on-demand and the rest as spot, over its types', () => {
    const world = worldOf(scenario())
    callsOn(world)('autoscaling:UpdateAutoScalingGroup', {
      AutoScalingGroupName: 'web',
      MinSize: 8,
      MixedInstancesPolicy: {
        LaunchTemplate: {
          LaunchTemplateSpecification: { LaunchTemplateName: 'web', Version: '$Latest' },
          Overrides: [{ InstanceType: 'm6i.large' }, { InstanceType: 'm6a.large' }],
        },
        InstancesDistribution: { OnDemandBaseCapacity: 4, OnDemandPercentageAboveBaseCapacity: 25 },
      },
    })
    expect(
      web(world)
        .instances.map(({ spot }) => spot)
        .filter(Boolean),
    ).toHaveLength(3)
    const added = web(world).instances.slice(4)
    expect(new Set(added.map(({ instanceType }) => instanceType))).toEqual(new Set(['m6i.large', 'm6a.large']))
  })

  it.each([
    'autoscaling:SetDesiredCapacity',
    'autoscaling:UpdateAutoScalingGroup',
    'autoscaling:DescribeInstanceRefreshes',
  ])('%s refuses an unknown group in the words of AWS', (operation) => {
    const call = callsOn(worldOf(scenario()))
    const input = { AutoScalingGroupName: 'nobody', DesiredCapacity: 1 }
    expect(refusal(() => call(operation, input))).toEqual({
      code: 'ValidationError',
      message: 'AutoScalingGroup name not found - null',
    })
  })
})

describe('what decides safety', () => {
  it('activities come newest first, open ones without an end', () => {
    const world = worldOf(scenario())
    const call = callsOn(world)
    call('autoscaling:SetDesiredCapacity', { AutoScalingGroupName: 'web', DesiredCapacity: 5 })
    const read = () =>
      call<{ Activities: readonly { EndTime?: Date; StatusCode: string; StartTime: Date }[] }>(
        'autoscaling:DescribeScalingActivities',
        { AutoScalingGroupName: 'web' },
      ).Activities
    expect(read()).toMatchObject([{ StatusCode: 'PreInService', EndTime: undefined }])
    world.advance(minutes(10))
    call('autoscaling:SetDesiredCapacity', { AutoScalingGroupName: 'web', DesiredCapacity: 4 })
    expect(read().map(({ StatusCode }) => StatusCode)).toEqual(['InProgress', 'Successful'])
  })

  it('policies carry their alarms, which DescribeAlarms knows by name', () => {
    const policies = [
      { kind: 'target-tracking', name: 'cpu', metric: 'ASGAverageCPUUtilization', targetValue: 40 },
    ] as const
    const call = callsOn(worldOf(scenario({ policies })))
    const { ScalingPolicies } = call<{ ScalingPolicies: readonly { Alarms: readonly { AlarmName: string }[] }[] }>(
      'autoscaling:DescribePolicies',
      { AutoScalingGroupName: 'web' },
    )
    expect(ScalingPolicies).toMatchObject([{ PolicyName: 'cpu', TargetTrackingConfiguration: { TargetValue: 40 } }])
    const AlarmNames = ScalingPolicies.flatMap(({ Alarms }) => Alarms.map(({ AlarmName }) => AlarmName))
    const { MetricAlarms } = call<{ MetricAlarms: readonly { Threshold: number }[] }>('cloudwatch:DescribeAlarms', {
      AlarmNames,
    })
    expect(MetricAlarms.map(({ Threshold }) => Threshold)).toEqual([40, 36])
  })

  it('an instance refresh is listed while it runs, and a second one is refused', () => {
    const world = worldOf(scenario())
    const call = callsOn(world)
    const start = () => call('autoscaling:StartInstanceRefresh', { AutoScalingGroupName: 'web' })
    start()
    expect(call('autoscaling:DescribeInstanceRefreshes', { AutoScalingGroupName: 'web' })).toMatchObject({
      InstanceRefreshes: [{ Status: 'InProgress' }],
    })
    expect(refusal(start).code).toBe('InstanceRefreshInProgress')
  })
})
