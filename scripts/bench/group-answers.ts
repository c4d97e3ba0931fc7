const account = '123456789012'
const region = 'us-east-1'
const page = 100
const instances = 6

type Parameters = URLSearchParams

/** Auto Scaling, EC2, load balancing and STS as a fleet of like groups answers them; undefined for other calls. */
export function answerForm(form: Parameters, groups: number): string | undefined {
  const action = form.get('Action') ?? ''
  switch (action) {
    case 'DescribeAutoScalingGroups':
      return result(action, paged(form, groups, 'AutoScalingGroups', groupMember))
    case 'DescribePolicies':
      return result(action, paged(form, groups, 'ScalingPolicies', policyMember))
    case 'DescribeScheduledActions':
      return result(action, '<ScheduledUpdateGroupActions/>')
    case 'DescribeScalingActivities':
      return result(action, '<Activities/>')
    case 'DescribeInstanceRefreshes':
      return result(action, '<InstanceRefreshes/>')
    case 'DescribeLifecycleHooks':
      return result(action, '<LifecycleHooks/>')
    case 'DescribeTargetGroups':
      return result(
        action,
        `<TargetGroups>${membersOf(form, 'TargetGroupArns').map(targetGroup).join('')}</TargetGroups>`,
      )
    case 'GetCallerIdentity':
      return result(action, `<Account>${account}</Account><Arn>arn:aws:iam::${account}:user/bench</Arn>`)
    case 'DescribeLaunchTemplateVersions':
      return `<${action}Response><launchTemplateVersionSet><item><versionNumber>1</versionNumber><launchTemplateName>web</launchTemplateName><launchTemplateData><imageId>ami-0123456789abcdef0</imageId><instanceType>m6i.large</instanceType></launchTemplateData></item></launchTemplateVersionSet></${action}Response>`
    default:
      return undefined
  }
}

function result(action: string, body: string): string {
  return `<${action}Response><${action}Result>${body}</${action}Result><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></${action}Response>`
}

function paged(form: Parameters, groups: number, list: string, member: (index: number) => string): string {
  const names = membersOf(form, 'AutoScalingGroupNames')
  const start = Number(form.get('NextToken') ?? 0)
  const end = Math.min(groups, start + page)
  const indexes =
    names.length > 0
      ? names.map((name) => Number(name.slice(6)))
      : Array.from({ length: end - start }, (_, at) => start + at)
  const next = names.length === 0 && end < groups ? `<NextToken>${end}</NextToken>` : ''
  return `<${list}>${indexes.map(member).join('')}</${list}>${next}`
}

function membersOf(form: Parameters, name: string): readonly string[] {
  return [...form].filter(([key]) => key.startsWith(`${name}.member.`)).map(([, value]) => value)
}

function arnOf(index: number): string {
  return `arn:aws:elasticloadbalancing:${region}:${account}:targetgroup/g${index}/0123456789abcdef`
}

function targetGroup(arn: string): string {
  return `<member><TargetGroupArn>${arn}</TargetGroupArn><TargetGroupName>${arn.split('/')[1]}</TargetGroupName><LoadBalancerArns><member>arn:aws:elasticloadbalancing:${region}:${account}:loadbalancer/app/front/0123456789abcdef</member></LoadBalancerArns></member>`
}

function groupMember(index: number): string {
  const name = `group-${index}`
  const zones = ['a', 'b', 'c'].map((zone) => `${region}${zone}`)
  const members = Array.from(
    { length: instances },
    (_, at) =>
      `<member><InstanceId>i-${index.toString(16).padStart(12, '0')}${at.toString().padStart(5, '0')}</InstanceId><InstanceType>m6i.large</InstanceType><AvailabilityZone>${zones[at % 3]}</AvailabilityZone><LifecycleState>InService</LifecycleState><HealthStatus>Healthy</HealthStatus><ProtectedFromScaleIn>false</ProtectedFromScaleIn></member>`,
  ).join('')
  const tag = (key: string, value: string) =>
    `<member><ResourceId>${name}</ResourceId><ResourceType>auto-scaling-group</ResourceType><Key>${key}</Key><Value>${value}</Value><PropagateAtLaunch>true</PropagateAtLaunch></member>`
  return `<member><AutoScalingGroupName>${name}</AutoScalingGroupName><AutoScalingGroupARN>arn:aws:autoscaling:${region}:${account}:autoScalingGroup:x:autoScalingGroupName/${name}</AutoScalingGroupARN><LaunchTemplate><LaunchTemplateName>web</LaunchTemplateName><Version>$Default</Version></LaunchTemplate><MinSize>4</MinSize><MaxSize>20</MaxSize><DesiredCapacity>${instances}</DesiredCapacity><DefaultCooldown>300</DefaultCooldown><AvailabilityZones>${zones.map((zone) => `<member>${zone}</member>`).join('')}</AvailabilityZones><TargetGroupARNs><member>${arnOf(index)}</member></TargetGroupARNs><HealthCheckType>EC2</HealthCheckType><HealthCheckGracePeriod>120</HealthCheckGracePeriod><Instances>${members}</Instances><CreatedTime>2026-01-01T00:00:00Z</CreatedTime><SuspendedProcesses/><EnabledMetrics><member><Metric>GroupInServiceInstances</Metric><Granularity>1Minute</Granularity></member></EnabledMetrics><Tags>${tag('Environment', 'production')}${tag('Team', 'shop')}</Tags></member>`
}

function policyMember(index: number): string {
  return `<member><AutoScalingGroupName>group-${index}</AutoScalingGroupName><PolicyName>cpu</PolicyName><PolicyARN>arn:aws:autoscaling:${region}:${account}:scalingPolicy:x:autoScalingGroupName/group-${index}:policyName/cpu</PolicyARN><PolicyType>TargetTrackingScaling</PolicyType><TargetTrackingConfiguration><PredefinedMetricSpecification><PredefinedMetricType>ASGAverageCPUUtilization</PredefinedMetricType></PredefinedMetricSpecification><TargetValue>60</TargetValue></TargetTrackingConfiguration><Enabled>true</Enabled></member>`
}
