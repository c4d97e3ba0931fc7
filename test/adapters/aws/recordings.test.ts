import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { createFleet } from '../../../src/adapters/aws/fleet.js'
import { readShapes } from '../../../src/adapters/aws/instance-shapes.js'
import { createLaunchReader } from '../../../src/adapters/aws/launch.js'
import { readLoadBalancers } from '../../../src/adapters/aws/load-balancers.js'
import { readMetricBatch } from '../../../src/adapters/aws/metric-batch.js'
import { readOnDemandPrices } from '../../../src/adapters/aws/on-demand-prices.js'
import { readSpotPrices } from '../../../src/adapters/aws/spot-prices.js'
import { loadShippedCatalogue } from '../../../src/catalogue/shipped-catalogue.js'
import { isGap } from '../../../src/core/model/series.js'
import { fleetOptions, listed, regionOf, vendorGroup } from './builders.js'
import { region, standIn } from './stand-in.js'

/** Recorded answers of AWS, kept beside the project where they are; the tests below pass by where they are not. */
const folder = ['../shared/data/recordings', process.env.TRIMTAB_RECORDINGS ?? ''].find(
  (one) => one !== '' && existsSync(one),
)
const whereRecorded = folder === undefined ? test.skip : test

type Answer = Readonly<Record<string, unknown>>

/** The answers of one operation that have `member`; documentation files of something else are left out. */
function answers(operation: string, member: string): readonly (readonly [file: string, answer: Answer])[] {
  if (folder === undefined) return []
  const path = join(folder, operation)
  const read = readdirSync(path).map(
    (file) => [file, JSON.parse(readFileSync(join(path, file), 'utf8')) as Answer] as const,
  )
  return read.filter(([, answer]) => member in answer).map(([file, answer]) => [file, revive('', answer) as Answer])
}

/** Recorded times are ISO text; the stand-in, like the SDK, takes dates. */
function revive(key: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => revive(key, item))
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, revive(name, member)]))
  }
  const time = typeof value === 'string' && /(Time|Timestamps?|Date)$/.test(key) && /^\d{4}-\d\d-\d\dT/.test(value)
  return time ? new Date(value) : value
}

whereRecorded('every recorded listing gives its groups, none lost and none a fault', async () => {
  const recorded = answers('autoscaling/DescribeAutoScalingGroups', 'AutoScalingGroups')
  expect(recorded.length).toBeGreaterThan(30)
  for (const [file, answer] of recorded) {
    const { NextToken: _, ...page } = answer
    const { clients } = await standIn(regionOf([], { 'autoscaling:DescribeAutoScalingGroups': () => page }))
    const all = await listed(createFleet(clients, fleetOptions).list({ regions: [region], tags: {} }))
    const names = all.map((one) => (one.kind === 'group' ? one.group.name : `${one.scope}: ${one.error.message}`))
    const groups = page.AutoScalingGroups as readonly { readonly AutoScalingGroupName: string }[]
    expect([file, names]).toEqual([file, groups.map((group) => group.AutoScalingGroupName)])
  }
})

whereRecorded('recorded policies, actions, activities, refreshes and hooks are all understood', async () => {
  const facts = [
    ['DescribePolicies', 'ScalingPolicies', 'scalingPolicies'],
    ['DescribeScheduledActions', 'ScheduledUpdateGroupActions', 'scheduledActions'],
    ['DescribeScalingActivities', 'Activities', 'activities'],
    ['DescribeInstanceRefreshes', 'InstanceRefreshes', 'instanceRefreshes'],
    ['DescribeLifecycleHooks', 'LifecycleHooks', 'lifecycleHooks'],
  ] as const
  for (const [operation, member, fact] of facts) {
    for (const [file, answer] of answers(`autoscaling/${operation}`, member)) {
      const items = answer[member] as readonly { readonly AutoScalingGroupName?: string }[]
      const name = items[0]?.AutoScalingGroupName ?? 'web'
      const { clients } = await standIn(
        regionOf([vendorGroup(name)], {
          [`autoscaling:${operation}`]: () => ({ [member]: items }),
          'cloudwatch:DescribeAlarms': () => ({ MetricAlarms: [] }),
        }),
      )
      const [one] = await listed(createFleet(clients, fleetOptions).list({ regions: [region], tags: {} }))
      const read = one?.kind === 'group' ? one.group[fact] : undefined
      expect([file, read?.kind, read?.kind === 'known' && read.value.length > 0]).toEqual([file, 'known', true])
    }
  }
})

whereRecorded('recorded launch templates and configurations give a type', async () => {
  const reader = async (operation: string, answer: Answer, group: Parameters<typeof vendorGroup>[1]) => {
    const { clients } = await standIn({ [operation]: () => answer, 'ec2:DescribeImages': () => ({ Images: [] }) })
    return createLaunchReader(
      clients,
      region,
      () => 'x86_64',
    )(vendorGroup('web', { LaunchTemplate: undefined, ...group }))
  }
  for (const [file, answer] of answers('ec2/DescribeLaunchTemplateVersions', 'LaunchTemplateVersions')) {
    const launch = await reader('ec2:DescribeLaunchTemplateVersions', answer, {
      LaunchTemplate: { LaunchTemplateId: 'lt-1' },
    })
    const empty = (answer.LaunchTemplateVersions as readonly unknown[]).length === 0
    expect([file, launch.kind]).toEqual([file, empty ? 'unknown' : 'known'])
  }
  for (const [file, answer] of answers('autoscaling/DescribeLaunchConfigurations', 'LaunchConfigurations')) {
    const launch = await reader('autoscaling:DescribeLaunchConfigurations', answer, { LaunchConfigurationName: 'old' })
    const empty = (answer.LaunchConfigurations as readonly unknown[]).length === 0
    expect([file, launch.kind]).toEqual([file, empty ? 'unknown' : 'known'])
  }
})

whereRecorded(
  'recorded metric answers keep their points, and a series that was not recorded whole is unknown',
  async () => {
    const recorded = answers('cloudwatch/GetMetricData', 'MetricDataResults')
    expect(recorded.length).toBeGreaterThan(10)
    for (const [, answer] of recorded) {
      const results = answer.MetricDataResults as readonly {
        readonly Values: readonly number[]
        readonly Messages?: readonly unknown[]
      }[]
      // Recorded at all kinds of periods: here a value is one step.
      const whole = results.map((result, index) => {
        const times = result.Values.map((_, step) => new Date(step * 300_000))
        return { ...result, Id: `q${index}`, Timestamps: times }
      })
      const { clients } = await standIn({
        'cloudwatch:GetMetricData': () => ({ MetricDataResults: whole, Messages: [] }),
      })
      const queries = results.map((_, index) => ({
        namespace: 'N',
        metric: `M${index}`,
        statistic: 'Average',
        dimensions: {},
        scaling: 'asIs' as const,
      }))
      if (queries.length === 0) continue
      const send = (await clients.cloudWatch(region)).getMetricData
      const steps = Math.max(...results.map(({ Values }) => Values.length))
      const span = { startAt: '1970-01-01T00:00:00.000Z', periodSeconds: 300, steps }
      const read = [...(await readMetricBatch(send, queries, span)).values()]
      expect(
        read.map((fact) => (fact.kind === 'known' ? [...fact.value].filter((one) => !isGap(one)) : 'in part')),
      ).toEqual(results.map((result) => (result.Messages?.length ? 'in part' : result.Values.map(Math.fround))))
    }
  },
)

whereRecorded('recorded prices, spot prices, shapes and target groups are understood', async () => {
  for (const [file, answer] of answers('pricing/GetProducts', 'PriceList')) {
    const { NextToken: _, ...page } = answer
    const { clients } = await standIn({ 'pricing:GetProducts': () => page })
    for (const [type, price] of await readOnDemandPrices(clients, region)) {
      expect([file, type, price.usdPerHour > 0, /^\d{4}-\d\d-\d\d$/.test(price.asOf)]).toEqual([file, type, true, true])
    }
  }
  const [spot] = answers('ec2/DescribeSpotPriceHistory', 'SpotPriceHistory')
  const [shapes] = answers('ec2/DescribeInstanceTypes', 'InstanceTypes')
  const [targets] = answers('elbv2/DescribeTargetGroups', 'TargetGroups')
  const { clients } = await standIn({
    'ec2:DescribeSpotPriceHistory': () => spot?.[1],
    'ec2:DescribeInstanceTypes': () => shapes?.[1],
    'elasticloadbalancing:DescribeTargetGroups': () => targets?.[1],
  })
  const offers = (await readSpotPrices(clients, region, new Date('2014-01-06T12:00:00Z'))).get('m1.xlarge')
  expect(offers?.map((offer) => offer.availabilityZone)).toEqual(['us-west-1a', 'us-west-1c'])
  const [type] = await readShapes(clients, region, await loadShippedCatalogue())
  expect(type).toMatchObject({ name: 't2.micro', architectures: ['i386', 'x86_64'], burst: { creditsPerHour: 6 } })
  const group = (targets?.[1].TargetGroups as readonly { readonly TargetGroupArn: string }[] | undefined)?.[0]
  const balancers = await readLoadBalancers(clients, region, [group?.TargetGroupArn ?? ''])
  expect([...balancers.values()]).toMatchObject([
    { kind: 'known', value: { LoadBalancer: expect.stringMatching(/^app\//) } },
  ])
})
