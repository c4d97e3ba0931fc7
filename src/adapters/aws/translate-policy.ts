import type { ScalingPolicy as VendorPolicy } from '@aws-sdk/client-auto-scaling'
import type { MetricAlarm } from '@aws-sdk/client-cloudwatch'
import { TrimtabError } from '../../core/model/errors.js'
import type { PolicyAlarm, ScalingPolicy } from '../../core/model/group.js'
import { present } from './answers.js'

const call = 'autoscaling:DescribePolicies'

/**
 * A scaling policy in our words. `alarms` by name; a step or simple policy whose alarm is not among them goes without.
 * Throws `unsupported` on a policy type that this version does not know: half-known policies must not be replayed.
 */
export function translatePolicy(policy: VendorPolicy, alarms: ReadonlyMap<string, PolicyAlarm>): ScalingPolicy {
  const name = policy.PolicyName ?? policy.PolicyARN ?? 'unnamed'
  const enabled = policy.Enabled ?? true
  const alarm = (policy.Alarms ?? []).map((one) => alarms.get(one.AlarmName ?? '')).find((one) => one !== undefined)
  switch (policy.PolicyType ?? 'SimpleScaling') {
    case 'TargetTrackingScaling':
      return targetTracking(policy, name, enabled)
    case 'StepScaling':
      return present({
        kind: 'step' as const,
        name,
        enabled,
        adjustment: policy.AdjustmentType ?? 'ChangeInCapacity',
        steps: (policy.StepAdjustments ?? []).map((step) =>
          present({
            lowerBound: step.MetricIntervalLowerBound,
            upperBound: step.MetricIntervalUpperBound,
            change: required(name, 'ScalingAdjustment', step.ScalingAdjustment),
          }),
        ),
        warmupSeconds: policy.EstimatedInstanceWarmup,
        alarm,
      })
    case 'SimpleScaling':
      return present({
        kind: 'simple' as const,
        name,
        enabled,
        adjustment: policy.AdjustmentType ?? 'ChangeInCapacity',
        change: required(name, 'ScalingAdjustment', policy.ScalingAdjustment),
        cooldownSeconds: policy.Cooldown,
        alarm,
      })
    case 'PredictiveScaling':
      // ForecastOnly is the default and changes no capacity.
      return {
        kind: 'predictive',
        name,
        enabled: enabled && policy.PredictiveScalingConfiguration?.Mode === 'ForecastAndScale',
      }
    default:
      throw new TrimtabError('unsupported', `The scaling policy ${name} has the unknown type ${policy.PolicyType}.`, {
        call,
      })
  }
}

/** The alarm that sets a step or simple policy off; undefined for one on a metric expression or without a threshold. */
export function translateAlarm(alarm: MetricAlarm): PolicyAlarm | undefined {
  const { MetricName, Threshold, ComparisonOperator, Period, EvaluationPeriods } = alarm
  if (MetricName === undefined || Threshold === undefined || Period === undefined) return undefined
  if (ComparisonOperator === undefined) return undefined
  return {
    metric: MetricName,
    threshold: Threshold,
    comparison: ComparisonOperator.startsWith('Greater') ? 'above' : 'below',
    periodSeconds: Period,
    evaluationPeriods: EvaluationPeriods ?? 1,
  }
}

function targetTracking(policy: VendorPolicy, name: string, enabled: boolean): ScalingPolicy {
  const configuration = policy.TargetTrackingConfiguration
  return present({
    kind: 'target-tracking' as const,
    name,
    enabled,
    metric: configuration?.PredefinedMetricSpecification?.PredefinedMetricType ?? 'custom',
    targetValue: required(name, 'TargetValue', configuration?.TargetValue),
    disableScaleIn: configuration?.DisableScaleIn ?? false,
    warmupSeconds: policy.EstimatedInstanceWarmup,
  })
}

function required(policy: string, member: string, value: number | undefined): number {
  if (value !== undefined) return value
  throw new TrimtabError('unsupported', `${call} gave the scaling policy ${policy} without ${member}.`, { call })
}
