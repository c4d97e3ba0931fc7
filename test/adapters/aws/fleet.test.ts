import { expect, test } from '@jest/globals'
import { createFleet } from '../../../src/adapters/aws/fleet.js'
import type { Group } from '../../../src/core/model/group.js'
import type { Listed } from '../../../src/ports.js'
import { fleetOptions, listed, regionOf, vendorGroup } from './builders.js'
import { account, region, standIn } from './stand-in.js'

const selection = { regions: [region], tags: {} }
const names = (all: readonly Listed[]) => all.map((one) => (one.kind === 'group' ? one.group.name : `!${one.scope}`))

function only(all: readonly Listed[]): Group {
  const [first] = all
  if (first?.kind !== 'group') throw new Error(`expected a group, got ${JSON.stringify(first)}`)
  return first.group
}

test('a group carries its sizes, tags, instances and every fact beside it', async () => {
  const { clients } = await standIn(
    regionOf(
      [vendorGroup('web', { TargetGroupARNs: ['arn:tg'], SuspendedProcesses: [{ ProcessName: 'AZRebalance' }] })],
      {
        'autoscaling:DescribePolicies': () => ({
          ScalingPolicies: [
            {
              AutoScalingGroupName: 'web',
              PolicyName: 'cpu',
              PolicyType: 'TargetTrackingScaling',
              TargetTrackingConfiguration: {
                TargetValue: 60,
                PredefinedMetricSpecification: { PredefinedMetricType: 'ASGAverageCPUUtilization' },
              },
            },
            { AutoScalingGroupName: 'other', PolicyName: 'x', PolicyType: 'SimpleScaling', ScalingAdjustment: 1 },
          ],
        }),
        'autoscaling:DescribeInstanceRefreshes': () => ({
          InstanceRefreshes: [{ InstanceRefreshId: 'r', Status: 'InProgress' }],
        }),
      },
    ),
  )
  const group = only(await listed(createFleet(clients, fleetOptions).list(selection)))
  expect(group).toMatchObject({
    groupKey: `${account}/${region}/web`,
    environment: 'staging',
    environmentFrom: 'tag',
    minSize: 2,
    desiredCapacity: 3,
    maxSize: 6,
    targetGroupArns: ['arn:tg'],
    suspendedProcesses: ['AZRebalance'],
    warmPool: { kind: 'known', value: undefined },
    launch: { value: { kind: 'launch-template', source: 'web', version: '7', architecture: 'x86_64' } },
    instanceRefreshes: { value: [{ instanceRefreshId: 'r', status: 'InProgress' }] },
  })
  expect(group.scalingPolicies).toEqual({
    kind: 'known',
    value: [
      {
        kind: 'target-tracking',
        name: 'cpu',
        enabled: true,
        metric: 'ASGAverageCPUUtilization',
        targetValue: 60,
        disableScaleIn: false,
      },
    ],
  })
})

test('every page of every region is listed, and the region-wide calls are made once', async () => {
  const pages = [['a', 'b'], ['c']]
  const { clients, server } = await standIn(
    regionOf([], {
      'autoscaling:DescribeAutoScalingGroups': (input) => {
        const page = input.NextToken === undefined ? 0 : 1
        const groups = (pages[page] ?? []).map((name) => vendorGroup(name))
        return { AutoScalingGroups: groups, ...(page === 0 ? { NextToken: 'next' } : {}) }
      },
    }),
  )
  const all = await listed(createFleet(clients, fleetOptions).list({ regions: [region, 'eu-west-1'], tags: {} }))
  expect(names(all)).toEqual(['a', 'b', 'c', 'a', 'b', 'c'])
  expect(server.calls.get('autoscaling:DescribePolicies')).toBe(2)
  expect(server.calls.get('ec2:DescribeLaunchTemplateVersions')).toBe(2)
  expect(server.calls.get('sts:GetCallerIdentity')).toBe(1)
})

test('tags are checked here too, for implementations that ignore the filter', async () => {
  const { clients } = await standIn(regionOf([vendorGroup('web'), vendorGroup('bare', { Tags: [] })]))
  const all = await listed(createFleet(clients, fleetOptions).list({ ...selection, tags: { Environment: 'staging' } }))
  expect(names(all)).toEqual(['web'])
})

test('an empty account lists nothing, and an HTML page is not an empty account', async () => {
  const empty = await standIn(regionOf([]))
  expect(await listed(createFleet(empty.clients, fleetOptions).list(selection))).toEqual([])
  const page = await standIn(regionOf([]), [
    { operation: 'autoscaling:DescribeAutoScalingGroups', kind: 'errorPage', httpStatus: 200 },
  ])
  const [fault] = await listed(createFleet(page.clients, fleetOptions).list(selection))
  expect(fault).toMatchObject({ kind: 'fault', scope: region, error: { code: 'unsupported' } })
})

test('lists that an implementation leaves out where they are empty are empty', async () => {
  const left = { 'autoscaling:DescribePolicies': () => ({}), 'autoscaling:DescribeLifecycleHooks': () => ({}) }
  const { clients } = await standIn(regionOf([vendorGroup('web')], left))
  const group = only(await listed(createFleet(clients, fleetOptions).list(selection)))
  expect([group.scalingPolicies, group.lifecycleHooks]).toEqual([
    { kind: 'known', value: [] },
    { kind: 'known', value: [] },
  ])
})

test('one group that cannot be read never stops the others', async () => {
  const { MinSize: _, ...bad } = vendorGroup('bad')
  const { clients } = await standIn(
    regionOf([], { 'autoscaling:DescribeAutoScalingGroups': () => ({ AutoScalingGroups: [bad, vendorGroup('web')] }) }),
  )
  const all = await listed(createFleet(clients, fleetOptions).list(selection))
  expect(names(all)).toEqual([`!${region}/bad`, 'web'])
})

test('a name that does not exist is a fault that names what was found', async () => {
  const { clients } = await standIn(regionOf([vendorGroup('shop-web'), vendorGroup('billing')]))
  const all = await listed(createFleet(clients, fleetOptions).list({ ...selection, names: ['shop-wbe', 'billing'] }))
  expect(names(all)).toEqual(['billing', '!shop-wbe'])
  expect(all[1]).toMatchObject({ error: { code: 'not-found', message: expect.stringContaining('found shop-web') } })
})

test('a fresh read of a deleted group throws not-found with similar names', async () => {
  const { clients } = await standIn(regionOf([vendorGroup('shop-web')]))
  const fleet = createFleet(clients, fleetOptions)
  await expect(fleet.read(`${account}/${region}/shop-wb`)).rejects.toMatchObject({
    code: 'not-found',
    message: expect.stringContaining('shop-web'),
  })
  await expect(fleet.read(`999999999999/${region}/shop-web`)).rejects.toMatchObject({ code: 'not-found' })
  expect((await fleet.read(`${account}/${region}/shop-web`)).name).toBe('shop-web')
})

test('without STS the account is read from the group', async () => {
  const { clients } = await standIn(regionOf([vendorGroup('web')]), [
    { operation: 'sts:GetCallerIdentity', kind: 'unsupported' },
  ])
  expect(only(await listed(createFleet(clients, fleetOptions).list(selection))).account).toBe(account)
})
