import {
  AutoScalingClient,
  DescribeAutoScalingGroupsCommand,
  type DescribeAutoScalingGroupsCommandInput,
  DescribeInstanceRefreshesCommand,
  type DescribeInstanceRefreshesCommandInput,
  DescribeLaunchConfigurationsCommand,
  type DescribeLaunchConfigurationsCommandInput,
  DescribeLifecycleHooksCommand,
  type DescribeLifecycleHooksCommandInput,
  DescribePoliciesCommand,
  type DescribePoliciesCommandInput,
  DescribeScalingActivitiesCommand,
  type DescribeScalingActivitiesCommandInput,
  DescribeScheduledActionsCommand,
  type DescribeScheduledActionsCommandInput,
  SetDesiredCapacityCommand,
  type SetDesiredCapacityCommandInput,
  UpdateAutoScalingGroupCommand,
  type UpdateAutoScalingGroupCommandInput,
} from '@aws-sdk/client-auto-scaling'
import type { Asking, ClientSettings } from '../client-settings.js'
import { nameEndpoint } from '../name-endpoint.js'

/** The Auto Scaling calls that Trimtab makes. The last two are its only live writes. */
export function connectAutoScaling(settings: ClientSettings, asking: Asking) {
  const client = nameEndpoint(new AutoScalingClient(settings))
  return {
    describeAutoScalingGroups: (input: DescribeAutoScalingGroupsCommandInput) =>
      asking('autoscaling:DescribeAutoScalingGroups', () => client.send(new DescribeAutoScalingGroupsCommand(input))),
    describePolicies: (input: DescribePoliciesCommandInput) =>
      asking('autoscaling:DescribePolicies', () => client.send(new DescribePoliciesCommand(input))),
    describeScheduledActions: (input: DescribeScheduledActionsCommandInput) =>
      asking('autoscaling:DescribeScheduledActions', () => client.send(new DescribeScheduledActionsCommand(input))),
    describeScalingActivities: (input: DescribeScalingActivitiesCommandInput) =>
      asking('autoscaling:DescribeScalingActivities', () => client.send(new DescribeScalingActivitiesCommand(input))),
    describeInstanceRefreshes: (input: DescribeInstanceRefreshesCommandInput) =>
      asking('autoscaling:DescribeInstanceRefreshes', () => client.send(new DescribeInstanceRefreshesCommand(input))),
    describeLifecycleHooks: (input: DescribeLifecycleHooksCommandInput) =>
      asking('autoscaling:DescribeLifecycleHooks', () => client.send(new DescribeLifecycleHooksCommand(input))),
    describeLaunchConfigurations: (input: DescribeLaunchConfigurationsCommandInput) =>
      asking('autoscaling:DescribeLaunchConfigurations', () =>
        client.send(new DescribeLaunchConfigurationsCommand(input)),
      ),
    updateAutoScalingGroup: (input: UpdateAutoScalingGroupCommandInput) =>
      asking('autoscaling:UpdateAutoScalingGroup', () => client.send(new UpdateAutoScalingGroupCommand(input))),
    setDesiredCapacity: (input: SetDesiredCapacityCommandInput) =>
      asking('autoscaling:SetDesiredCapacity', () => client.send(new SetDesiredCapacityCommand(input))),
  }
}
