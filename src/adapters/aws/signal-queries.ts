import { type Fact, factValue, known, unknown } from '../../core/model/fact.js'
import type { Group } from '../../core/model/group.js'
import type { MetricNames } from '../../core/model/policy.js'
import type { SignalName } from '../../core/model/signals.js'
import type { LoadBalancerDimensions } from './load-balancers.js'
import type { MetricQuery, Scaling } from './metric-query.js'

/** How the points of several queries (one for each target group) become one series. */
export type Joining = 'only' | 'sum' | 'highest'

/** What is asked for one signal, and how the answers become one series. */
export interface SignalQuery {
  readonly signal: SignalName
  readonly queries: readonly MetricQuery[]
  readonly joining: Joining
}

/** Everything to ask for one group: a query for each signal, or why there is nothing to ask. */
export type SignalQueries = Readonly<Record<SignalName, Fact<SignalQuery>>>

/** The CloudWatch metrics behind each signal of a group. */
export function signalQueries(
  group: Group,
  names: MetricNames,
  loadBalancers: ReadonlyMap<string, Fact<LoadBalancerDimensions>>,
): SignalQueries {
  const ofGroup = { AutoScalingGroupName: group.name }
  const ask = (signal: SignalName, namespace: string, metric: string, statistic: string, scaling: Scaling = 'asIs') =>
    known<SignalQuery>({
      signal,
      queries: [{ namespace, metric, statistic, dimensions: ofGroup, scaling }],
      joining: 'only',
    })
  return {
    cpuAverage: ask('cpuAverage', 'AWS/EC2', 'CPUUtilization', 'Average'),
    cpuMaximum: ask('cpuMaximum', 'AWS/EC2', 'CPUUtilization', 'Maximum'),
    memory: ask('memory', names.memoryNamespace, names.memoryMetric, 'Average'),
    networkIn: ask('networkIn', 'AWS/EC2', 'NetworkIn', 'Sum', 'perSecond'),
    networkOut: ask('networkOut', 'AWS/EC2', 'NetworkOut', 'Sum', 'perSecond'),
    inService: ask('inService', 'AWS/AutoScaling', 'GroupInServiceInstances', 'Average'),
    desired: ask('desired', 'AWS/AutoScaling', 'GroupDesiredCapacity', 'Average'),
    max: ask('max', 'AWS/AutoScaling', 'GroupMaxSize', 'Average'),
    responseTime: balancedQuery(group, loadBalancers, {
      signal: 'responseTime',
      metric: 'TargetResponseTime',
      statistic: names.responseTimeStatistic,
      scaling: 'milliseconds',
      joining: 'highest',
    }),
    requests: balancedQuery(group, loadBalancers, {
      signal: 'requests',
      metric: 'RequestCount',
      statistic: 'Sum',
      scaling: 'perSecond',
      joining: 'sum',
    }),
    cpuCredits: isBurstable(group)
      ? ask('cpuCredits', 'AWS/EC2', 'CPUCreditBalance', 'Minimum')
      : unknown('the group runs no burstable instance type'),
  }
}

type Balanced = Omit<SignalQuery, 'queries'> & {
  readonly metric: string
  readonly statistic: string
  readonly scaling: Scaling
}

function balancedQuery(
  group: Group,
  loadBalancers: ReadonlyMap<string, Fact<LoadBalancerDimensions>>,
  { metric, statistic, scaling, ...rest }: Balanced,
): Fact<SignalQuery> {
  if (group.targetGroupArns.length === 0) return unknown('no target group')
  const facts = group.targetGroupArns.map(
    (arn) => loadBalancers.get(arn) ?? unknown(`the target group ${arn} was not read`),
  )
  const balanced = facts.flatMap((fact) => (fact.kind === 'known' ? [fact.value] : []))
  const why = facts.find((fact) => fact.kind === 'unknown')?.why
  if (balanced.length === 0) return unknown(why ?? 'no target group')
  const queries = balanced.map((dimensions) => ({
    namespace: 'AWS/ApplicationELB',
    metric,
    statistic,
    dimensions: { ...dimensions },
    scaling,
  }))
  return known({ ...rest, queries })
}

/** T2, T3, T3a and T4g earn CPU credits. */
function isBurstable(group: Group): boolean {
  const launch = factValue(group.launch)
  const types = [
    launch?.instanceType,
    ...(launch?.mix?.overrides ?? []),
    ...group.instances.map((one) => one.instanceType),
  ]
  return types.some((type) => type !== undefined && /^t\d/.test(type))
}
