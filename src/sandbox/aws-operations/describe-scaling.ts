import { AwsError } from '../aws/aws-error.js'
import type { Operations } from '../aws/operation.js'
import { paginate } from '../aws/paginate.js'
import type { PolicyState, RefreshState } from '../world/group-state.js'
import type { Place } from '../world/launch-templates.js'
import type { GroupView, World } from '../world/world.js'
import { alarmArn, balancingOf, groupArn, policyArn } from './arns.js'
import { namedGroup, pageOf } from './describe-groups.js'
import { type Members, numberOf, textOf, textsOf } from './read-members.js'

/** Reading how groups scale: policies, activities, refreshes, schedules, hooks, warm pools. */
export function describeScalingOperations(world: World): Operations {
  const groupsOf = (input: Members, place: Place): readonly GroupView[] => {
    const name = textOf(input, 'AutoScalingGroupName')
    const found = world.groups(place).filter(({ scenario }) => name === undefined || scenario.name === name)
    if (name !== undefined && found.length === 0) {
      throw new AwsError('ValidationError', `Group ${name} not found`)
    }
    return found
  }
  return {
    'autoscaling:DescribePolicies': (input, caller) => {
      const names = textsOf(input, 'PolicyNames')
      const all = groupsOf(input, caller).flatMap((group) =>
        group.policies.map((state) => describePolicy(group, state)),
      )
      const wanted = all.filter(
        ({ PolicyName, PolicyARN }) => names?.some((n) => n === PolicyName || n === PolicyARN) ?? true,
      )
      const page = paginate(wanted, pageOf(input, 50))
      return { ScalingPolicies: page.items, NextToken: page.nextToken }
    },
    'autoscaling:DescribeScalingActivities': (input, caller) => {
      const name = textOf(input, 'AutoScalingGroupName')
      if (name !== undefined && world.find(caller, name) === undefined) {
        throw new AwsError('ValidationError', 'AutoScalingGroup name not found - null')
      }
      const activities = groupsOf(input, caller)
        .flatMap((group) => group.activities.map((activity) => ({ group, activity })))
        .sort((a, b) => b.activity.startedAtMs - a.activity.startedAtMs)
      const page = paginate(activities, pageOf(input, 100))
      return { Activities: page.items.map(describeActivity), NextToken: page.nextToken }
    },
    'autoscaling:DescribeInstanceRefreshes': (input, caller) => {
      const group = namedGroup(world, input, caller)
      const page = paginate(group.refreshes, pageOf(input, 50))
      return {
        InstanceRefreshes: page.items.map((refresh) => describeRefresh(group, refresh)),
        NextToken: page.nextToken,
      }
    },
    'autoscaling:DescribeScheduledActions': (input, caller) => {
      const page = paginate(groupsOf(input, caller).flatMap(describeSchedules), pageOf(input, 50))
      return { ScheduledUpdateGroupActions: page.items, NextToken: page.nextToken }
    },
    'autoscaling:DescribeLifecycleHooks': (input, caller) => {
      namedGroup(world, input, caller)
      return { LifecycleHooks: [] }
    },
    'autoscaling:DescribeWarmPool': (input, caller) => {
      namedGroup(world, input, caller)
      return { Instances: [] }
    },
    'autoscaling:StartInstanceRefresh': (input, caller) => {
      const preferences = input.Preferences
      const percentage =
        typeof preferences === 'object' && preferences !== null
          ? numberOf(preferences as Members, 'MinHealthyPercentage')
          : undefined
      const { scenario } = namedGroup(world, input, caller)
      return { InstanceRefreshId: world.startInstanceRefresh(caller, scenario.name, percentage ?? 90) }
    },
  }
}

function describePolicy(group: GroupView, { policy, policyId, alarms }: PolicyState) {
  return {
    AutoScalingGroupName: group.scenario.name,
    PolicyName: policy.name,
    PolicyARN: policyArn(group, policyId, policy.name),
    ...policyDetails(group, policy),
    Alarms: alarms.map(({ name }) => ({ AlarmName: name, AlarmARN: alarmArn(group.scenario, name) })),
    Enabled: policy.enabled !== false,
  }
}

function policyDetails(group: GroupView, policy: PolicyState['policy']): Members {
  if (policy.kind === 'target-tracking') {
    const balancing = balancingOf(group)
    const byRequests = policy.metric === 'ALBRequestCountPerTarget' && balancing !== undefined
    return {
      PolicyType: 'TargetTrackingScaling',
      StepAdjustments: [],
      EstimatedInstanceWarmup: policy.warmupSeconds,
      TargetTrackingConfiguration: {
        PredefinedMetricSpecification: {
          PredefinedMetricType: policy.metric,
          ResourceLabel: byRequests
            ? `${balancing.loadBalancerDimension}/${balancing.targetGroupDimension}`
            : undefined,
        },
        TargetValue: policy.targetValue,
        DisableScaleIn: policy.disableScaleIn === true,
      },
    }
  }
  if (policy.kind === 'step') {
    return {
      PolicyType: 'StepScaling',
      AdjustmentType: policy.adjustmentType,
      MetricAggregationType: 'Average',
      EstimatedInstanceWarmup: policy.warmupSeconds,
      StepAdjustments: policy.steps.map(({ lowerBound, upperBound, change }) => ({
        MetricIntervalLowerBound: lowerBound,
        MetricIntervalUpperBound: upperBound,
        ScalingAdjustment: change,
      })),
    }
  }
  return {
    PolicyType: 'SimpleScaling',
    AdjustmentType: policy.adjustmentType,
    ScalingAdjustment: policy.change,
    Cooldown: policy.cooldownSeconds,
    StepAdjustments: [],
  }
}

function describeActivity({
  group,
  activity,
}: {
  group: GroupView
  activity: GroupView['activities'][number]
}): Members {
  return {
    ActivityId: activity.activityId,
    AutoScalingGroupName: group.scenario.name,
    AutoScalingGroupARN: groupArn(group),
    Description: activity.description,
    Cause: activity.cause,
    StartTime: new Date(activity.startedAtMs),
    EndTime: activity.endedAtMs === undefined ? undefined : new Date(activity.endedAtMs),
    StatusCode: activity.statusCode,
    StatusMessage: activity.statusMessage,
    Progress: activity.progress,
    Details: activity.details,
  }
}

function describeRefresh(group: GroupView, refresh: RefreshState): Members {
  const left = refresh.remaining.length
  return {
    InstanceRefreshId: refresh.instanceRefreshId,
    AutoScalingGroupName: group.scenario.name,
    Status: refresh.status,
    StartTime: new Date(refresh.startedAtMs),
    EndTime: refresh.endedAtMs === undefined ? undefined : new Date(refresh.endedAtMs),
    PercentageComplete: Math.round((100 * (refresh.total - left)) / Math.max(1, refresh.total)),
    InstancesToUpdate: left,
    Preferences: { MinHealthyPercentage: refresh.minHealthyPercentage },
  }
}

function describeSchedules(group: GroupView): readonly Members[] {
  const { account, region, name, scheduledActions } = group.scenario
  return (scheduledActions ?? []).map((action) => ({
    AutoScalingGroupName: name,
    ScheduledActionName: action.name,
    ScheduledActionARN: `arn:aws:autoscaling:${region}:${account}:scheduledUpdateGroupAction:autoScalingGroupName/${name}:scheduledActionName/${action.name}`,
    Recurrence: action.recurrence,
    MinSize: action.minSize,
    MaxSize: action.maxSize,
    DesiredCapacity: action.desiredCapacity,
  }))
}
