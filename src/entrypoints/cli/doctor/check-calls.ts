import { readAccount } from '../../../adapters/aws/account.js'
import type { AwsClients } from '../../../adapters/aws/clients.js'
import { TrimtabError } from '../../../core/model/errors.js'
import type { AwsAccess } from '../../wire-aws.js'
import { allowedWord, type Check, fail, ok, warn } from './check.js'

/** A call that reads next to nothing; `needed` calls stop work where they are denied, others leave something out. */
interface DryCall {
  readonly action: string
  readonly without?: string
  readonly send: (clients: AwsClients, region: string) => Promise<unknown>
}

const noSuchGroup = 'trimtab-doctor-asks-for-no-group'

const dryCalls: readonly DryCall[] = [
  {
    action: 'autoscaling:DescribeAutoScalingGroups',
    send: async (clients, region) => (await clients.autoScaling(region)).describeAutoScalingGroups({ MaxRecords: 1 }),
  },
  {
    action: 'autoscaling:DescribePolicies',
    send: async (clients, region) => (await clients.autoScaling(region)).describePolicies({ MaxRecords: 1 }),
  },
  {
    action: 'autoscaling:DescribeScheduledActions',
    send: async (clients, region) => (await clients.autoScaling(region)).describeScheduledActions({ MaxRecords: 1 }),
  },
  {
    action: 'autoscaling:DescribeScalingActivities',
    without: 'no group is scaled live',
    send: async (clients, region) => (await clients.autoScaling(region)).describeScalingActivities({ MaxRecords: 1 }),
  },
  {
    action: 'autoscaling:DescribeInstanceRefreshes',
    without: 'no group is scaled live',
    send: async (clients, region) =>
      (await clients.autoScaling(region)).describeInstanceRefreshes({ AutoScalingGroupName: noSuchGroup }),
  },
  {
    action: 'autoscaling:DescribeLifecycleHooks',
    without: 'no group is scaled live',
    send: async (clients, region) =>
      (await clients.autoScaling(region)).describeLifecycleHooks({ AutoScalingGroupName: noSuchGroup }),
  },
  {
    action: 'cloudwatch:GetMetricData',
    send: async (clients, region) => {
      const EndTime = new Date()
      const StartTime = new Date(EndTime.getTime() - 600_000)
      const Metric = { Namespace: 'AWS/EC2', MetricName: 'CPUUtilization' }
      const query = { Id: 'm0', MetricStat: { Metric, Period: 300, Stat: 'Average' } }
      return (await clients.cloudWatch(region)).getMetricData({ StartTime, EndTime, MetricDataQueries: [query] })
    },
  },
  {
    action: 'cloudwatch:DescribeAlarms',
    without: 'step and simple scaling policies cannot be replayed',
    send: async (clients, region) => (await clients.cloudWatch(region)).describeAlarms({ MaxRecords: 1 }),
  },
  {
    action: 'ec2:DescribeLaunchTemplateVersions',
    send: async (clients, region) =>
      (await clients.ec2(region)).describeLaunchTemplateVersions({ Versions: ['$Latest'], MaxResults: 1 }),
  },
  {
    action: 'ec2:DescribeInstanceTypes',
    without: 'the shipped list of instance types is used',
    send: async (clients, region) => (await clients.ec2(region)).describeInstanceTypes({ MaxResults: 5 }),
  },
  {
    action: 'ec2:DescribeSpotPriceHistory',
    without: 'there is no spot advice',
    send: async (clients, region) => (await clients.ec2(region)).describeSpotPriceHistory({ MaxResults: 1 }),
  },
  {
    action: 'ec2:GetSpotPlacementScores',
    without: 'spot advice shows no placement score',
    send: async (clients, region) =>
      (await clients.ec2(region)).getSpotPlacementScores({
        InstanceTypes: ['m5.large', 'm6i.large', 'c6i.large'],
        TargetCapacity: 1,
        RegionNames: [region],
      }),
  },
  {
    action: 'elasticloadbalancing:DescribeTargetGroups',
    without: 'response times and requests are unknown',
    send: async (clients, region) => (await clients.loadBalancing(region)).describeTargetGroups({ PageSize: 1 }),
  },
  {
    action: 'cloudformation:DescribeStacks',
    without: 'groups that belong to a stack are never scaled live',
    send: async (clients, region) => (await clients.cloudFormation(region)).describeStacks({}),
  },
  {
    action: 'pricing:GetProducts',
    without: 'the shipped price list is used',
    send: async (clients) => (await clients.pricing()).getProducts({ ServiceCode: 'AmazonEC2', MaxResults: 1 }),
  },
]

/** Whose credentials these are. Where STS is missing, the other calls show whether they are accepted. */
export async function identityCheck({ clients, regions }: AwsAccess): Promise<Check> {
  try {
    return ok('credentials', `account ${await readAccount(clients)}, ${regions.join(', ')}`)
  } catch (error) {
    if (!(error instanceof TrimtabError) || error.code !== 'unsupported') return fail('credentials', error)
    return warn('credentials', error.message, 'account numbers are then taken from the ARNs of groups.')
  }
}

/** Each call that a run makes, sent once in every region with an answer of next to nothing. */
export async function callChecks({ clients, regions }: AwsAccess): Promise<readonly Check[]> {
  return Promise.all(regions.flatMap((region) => dryCalls.map((call) => tryCall(clients, region, call))))
}

/** A refusal of the input by AWS's own validation comes after the permission was given. */
async function tryCall(clients: AwsClients, region: string, { action, without, send }: DryCall): Promise<Check> {
  const name = `${action} in ${region}`
  try {
    await send(clients, region)
    return ok(name, allowedWord)
  } catch (error) {
    if (!(error instanceof TrimtabError)) return fail(name, error)
    if (error.code === 'internal' || error.code === 'not-found') return ok(name, allowedWord)
    return without === undefined ? fail(name, error) : warn(name, error.message, `Without it ${without}.`)
  }
}
