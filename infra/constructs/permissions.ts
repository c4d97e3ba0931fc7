import { PolicyStatement } from 'aws-cdk-lib/aws-iam'

/** The tag by which a group's owner lets Trimtab add capacity to it. */
export const optInTag = { key: 'trimtab:apply', value: 'true' } as const

/** Every look at groups that a run takes. None of these has a resource-level permission, or only for a name unknown here. */
const looks = [
  'autoscaling:DescribeAutoScalingGroups',
  'autoscaling:DescribeInstanceRefreshes',
  'autoscaling:DescribeLaunchConfigurations',
  'autoscaling:DescribeLifecycleHooks',
  'autoscaling:DescribePolicies',
  'autoscaling:DescribeScalingActivities',
  'autoscaling:DescribeScheduledActions',
  'cloudformation:DescribeStacks',
  'cloudwatch:DescribeAlarms',
  'cloudwatch:GetMetricData',
  'ec2:DescribeImages',
  'ec2:DescribeInstanceTypes',
  'ec2:DescribeLaunchTemplateVersions',
  'ec2:DescribeSpotPriceHistory',
  'ec2:GetSpotPlacementScores',
  'elasticloadbalancing:DescribeTargetGroups',
  'pricing:GetProducts',
] as const

/** Why the statements below name no resource, for whoever reads a finding about it. */
export const everyResourceReason =
  'Describe* of Auto Scaling, EC2 and load balancers, GetMetricData, GetProducts, GetCostAndUsage, PutMetricData and X-Ray writes have no resource-level permission; PutMetricData is bound to one namespace. Alarms and stacks are read by names that only the groups tell.'

/** Reading groups, their metrics, types and prices. */
export function lookStatement(): PolicyStatement {
  return new PolicyStatement({ sid: 'Look', actions: [...looks], resources: ['*'] })
}

/** Reading what the account costs: each request costs $0.01. */
export function costStatement(): PolicyStatement {
  return new PolicyStatement({ sid: 'LookAtCost', actions: ['ce:GetCostAndUsage'], resources: ['*'] })
}

/** Publishing metrics, into one namespace. */
export function publishStatement(namespace: string): PolicyStatement {
  return new PolicyStatement({
    sid: 'Publish',
    actions: ['cloudwatch:PutMetricData'],
    resources: ['*'],
    conditions: { StringEquals: { 'cloudwatch:namespace': namespace } },
  })
}

/** Using roles of other accounts; undefined where there are none. */
export function assumeStatement(sid: string, roleArns: readonly string[]): PolicyStatement | undefined {
  if (roleArns.length === 0) return undefined
  return new PolicyStatement({ sid, actions: ['sts:AssumeRole'], resources: [...roleArns] })
}

/**
 * The only live writes. The group itself must carry the opt-in tag (and the tags of a query), whatever configuration
 * says.
 */
export function capacityStatement(
  groupArns: readonly string[],
  tags: Readonly<Record<string, string>> = {},
): PolicyStatement {
  const asked = Object.entries({ ...tags, [optInTag.key]: optInTag.value })
  return new PolicyStatement({
    sid: 'AddCapacity',
    actions: ['autoscaling:SetDesiredCapacity', 'autoscaling:UpdateAutoScalingGroup'],
    resources: [...groupArns],
    conditions: { StringEquals: Object.fromEntries(asked.map(([key, value]) => [`aws:ResourceTag/${key}`, value])) },
  })
}
