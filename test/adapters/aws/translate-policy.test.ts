import type { ScalingPolicy as VendorPolicy } from '@aws-sdk/client-auto-scaling'
import { expect, test } from '@jest/globals'
import { createFleet } from '../../../src/adapters/aws/fleet.js'
import { translateAlarm, translatePolicy } from '../../../src/adapters/aws/translate-policy.js'
import { fleetOptions, listed, regionOf, vendorGroup } from './builders.js'
import { region, standIn } from './stand-in.js'

const none = new Map()

test('step bounds that are absent stay absent, and the alarm joins its policy', () => {
  const alarm = {
    metric: 'CPUUtilization',
    threshold: 80,
    comparison: 'above',
    periodSeconds: 60,
    evaluationPeriods: 3,
  } as const
  const policy: VendorPolicy = {
    PolicyName: 'out',
    PolicyType: 'StepScaling',
    AdjustmentType: 'PercentChangeInCapacity',
    EstimatedInstanceWarmup: 120,
    StepAdjustments: [
      { MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 10, ScalingAdjustment: 10 },
      { MetricIntervalLowerBound: 10, ScalingAdjustment: 30 },
    ],
    Alarms: [{ AlarmName: 'hot' }],
  }
  expect(translatePolicy(policy, new Map([['hot', alarm]]))).toEqual({
    kind: 'step',
    name: 'out',
    enabled: true,
    adjustment: 'PercentChangeInCapacity',
    warmupSeconds: 120,
    steps: [
      { lowerBound: 0, upperBound: 10, change: 10 },
      { lowerBound: 10, change: 30 },
    ],
    alarm,
  })
})

test('an old policy without a type is a simple one, and a switched-off one is not enabled', () => {
  const policy: VendorPolicy = {
    PolicyName: 'old',
    AdjustmentType: 'ChangeInCapacity',
    ScalingAdjustment: -1,
    Cooldown: 60,
    Enabled: false,
  }
  expect(translatePolicy(policy, none)).toEqual({
    kind: 'simple',
    name: 'old',
    enabled: false,
    adjustment: 'ChangeInCapacity',
    change: -1,
    cooldownSeconds: 60,
  })
})

test('a predictive policy that only forecasts changes nothing and is not enabled', () => {
  const predictive = (Mode: 'ForecastOnly' | 'ForecastAndScale'): VendorPolicy => ({
    PolicyName: 'p',
    PolicyType: 'PredictiveScaling',
    PredictiveScalingConfiguration: { MetricSpecifications: [], Mode },
  })
  expect(translatePolicy(predictive('ForecastOnly'), none).enabled).toBe(false)
  expect(translatePolicy(predictive('ForecastAndScale'), none).enabled).toBe(true)
})

test('a customised metric is called custom', () => {
  const policy: VendorPolicy = {
    PolicyName: 'queue',
    PolicyType: 'TargetTrackingScaling',
    TargetTrackingConfiguration: {
      TargetValue: 10,
      CustomizedMetricSpecification: { MetricName: 'Depth', Namespace: 'Q' },
    },
  }
  expect(translatePolicy(policy, none)).toMatchObject({ metric: 'custom', targetValue: 10 })
})

test('an alarm on a metric expression is no policy alarm', () => {
  expect(translateAlarm({ AlarmName: 'a', Threshold: 1, ComparisonOperator: 'LessThanThreshold' })).toBeUndefined()
})

test('a policy of an unknown type makes the policies of its group unknown, and of no other', async () => {
  const { clients } = await standIn(
    regionOf([vendorGroup('new'), vendorGroup('web')], {
      'autoscaling:DescribePolicies': () => ({
        ScalingPolicies: [{ AutoScalingGroupName: 'new', PolicyName: 'odd', PolicyType: 'QuantumScaling' }],
      }),
    }),
  )
  const all = await listed(createFleet(clients, fleetOptions).list({ regions: [region], tags: {} }))
  const facts = all.map((one) => one.kind === 'group' && one.group.scalingPolicies)
  expect(facts).toMatchObject([{ why: 'The scaling policy odd has the unknown type QuantumScaling.' }, { value: [] }])
})

test('alarms are asked for by name, only those that step and simple policies name', async () => {
  const asked: unknown[] = []
  const policy = (name: string, type: string, alarm: string) => ({
    AutoScalingGroupName: 'web',
    PolicyName: name,
    PolicyType: type,
    ScalingAdjustment: 1,
    TargetTrackingConfiguration: { TargetValue: 50 },
    Alarms: [{ AlarmName: alarm }],
  })
  const { clients } = await standIn(
    regionOf([vendorGroup('web')], {
      'autoscaling:DescribePolicies': () => ({
        ScalingPolicies: [policy('out', 'SimpleScaling', 'hot'), policy('track', 'TargetTrackingScaling', 'own')],
      }),
      'cloudwatch:DescribeAlarms': (input) => {
        asked.push(input.AlarmNames)
        return {
          MetricAlarms: [
            {
              AlarmName: 'hot',
              MetricName: 'CPUUtilization',
              Threshold: 80,
              ComparisonOperator: 'GreaterThanOrEqualToThreshold',
              Period: 60,
              EvaluationPeriods: 2,
            },
          ],
        }
      },
    }),
  )
  const [one] = await listed(createFleet(clients, fleetOptions).list({ regions: [region], tags: {} }))
  expect(asked).toEqual([['hot']])
  expect(one?.kind === 'group' && one.group.scalingPolicies).toMatchObject({
    value: [
      { name: 'out', alarm: { metric: 'CPUUtilization', threshold: 80, comparison: 'above' } },
      { name: 'track' },
    ],
  })
})
