import type { Operations } from '../aws/operation.js'
import { paginate } from '../aws/paginate.js'
import type { AlarmState, PolicyState } from '../world/group-state.js'
import { trackingAlarms } from '../world/scaling-policies.js'
import type { GroupView, World } from '../world/world.js'
import { alarmArn, balancingOf, policyArn } from './arns.js'
import { createOwnAlarms } from './own-alarms.js'
import { type Members, textOf, textsOf } from './read-members.js'

/** Alarms: those that the groups' policies act on, and those that callers make. */
export function alarmOperations(world: World): Operations {
  const own = createOwnAlarms()
  return {
    'cloudwatch:PutMetricAlarm': (input, caller) => own.put(caller, input, world.now()),
    'cloudwatch:SetAlarmState': (input, caller) => own.setState(caller, input, world.now()),
    'cloudwatch:DescribeAlarms': (input, caller) => {
      const names = textsOf(input, 'AlarmNames')
      const [prefix, state] = [textOf(input, 'AlarmNamePrefix') ?? '', textOf(input, 'StateValue')]
      const ofPolicies = world
        .groups(caller)
        .flatMap((group) =>
          group.policies.flatMap((policy) => policy.alarms.map((alarm) => describeAlarm({ group, policy, alarm }))),
        )
      const alarms = [...ofPolicies, ...own.list(caller)].filter((alarm) => {
        const name = textOf(alarm, 'AlarmName') ?? ''
        if (names && !names.includes(name)) return false
        return name.startsWith(prefix) && (state === undefined || alarm.StateValue === state)
      })
      const page = paginate(alarms, { token: textOf(input, 'NextToken'), limit: Number(input.MaxRecords ?? 50) })
      return { MetricAlarms: page.items, CompositeAlarms: [], NextToken: page.nextToken }
    },
  }
}

interface Alarm {
  readonly group: GroupView
  readonly policy: PolicyState
  readonly alarm: AlarmState
}

function describeAlarm({ group, policy, alarm }: Alarm): Members {
  return {
    AlarmName: alarm.name,
    AlarmArn: alarmArn(group.scenario, alarm.name),
    AlarmDescription: `DO NOT EDIT OR DELETE. For ${policy.policy.name}.`,
    ActionsEnabled: true,
    OKActions: [],
    AlarmActions: [policyArn(group, policy.policyId, policy.policy.name)],
    InsufficientDataActions: [],
    StateValue: alarm.state,
    StateReason: alarm.state === 'ALARM' ? 'Threshold Crossed' : 'Threshold not crossed',
    StateUpdatedTimestamp: new Date(alarm.changedAtMs),
    ...rule(group, policy, alarm),
  }
}

function rule(group: GroupView, { policy }: PolicyState, alarm: AlarmState): Members {
  const ofGroup = { Namespace: 'AWS/EC2', MetricName: 'CPUUtilization', Dimensions: dimensions(group) }
  if (policy.kind !== 'target-tracking') {
    const { threshold, comparison, periodSeconds, evaluationPeriods } = policy.alarm
    const ComparisonOperator = comparison === 'above' ? 'GreaterThanOrEqualToThreshold' : 'LessThanOrEqualToThreshold'
    const times = { Period: periodSeconds, EvaluationPeriods: evaluationPeriods }
    return { ...ofGroup, ...times, Statistic: 'Average', Threshold: threshold, ComparisonOperator }
  }
  const high = alarm.role === 'high'
  const tracked = policy.metric === 'ASGAverageCPUUtilization' ? ofGroup : requestsOf(group)
  return {
    ...tracked,
    Period: 60,
    EvaluationPeriods: high ? trackingAlarms.highMinutes : trackingAlarms.lowMinutes,
    Statistic: policy.metric === 'ASGAverageCPUUtilization' ? 'Average' : 'Sum',
    Threshold: high ? policy.targetValue : policy.targetValue * trackingAlarms.lowShare,
    ComparisonOperator: high ? 'GreaterThanThreshold' : 'LessThanThreshold',
  }
}

function dimensions(group: GroupView): readonly Members[] {
  return [{ Name: 'AutoScalingGroupName', Value: group.scenario.name }]
}

function requestsOf(group: GroupView): Members {
  const Value = balancingOf(group)?.targetGroupDimension
  return {
    Namespace: 'AWS/ApplicationELB',
    MetricName: 'RequestCountPerTarget',
    Dimensions: [{ Name: 'TargetGroup', Value }],
  }
}
