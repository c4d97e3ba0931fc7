import type { Duration } from 'aws-cdk-lib'
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch'
import type { Deployment } from './deployment.js'

/** A metric that Trimtab publishes for its environment. */
export function ownMetric(
  { namespace, environment, application }: Deployment,
  metricName: string,
  how: { readonly statistic: string; readonly period: Duration; readonly label?: string },
): Metric {
  return new Metric({
    namespace,
    metricName,
    dimensionsMap: { Environment: environment, Application: application },
    ...how,
  })
}

/** Mean CPU of a group. */
export function cpuOf(group: string, period: Duration): Metric {
  return new Metric({
    namespace: 'AWS/EC2',
    metricName: 'CPUUtilization',
    dimensionsMap: { AutoScalingGroupName: group },
    statistic: Stats.AVERAGE,
    period,
  })
}
