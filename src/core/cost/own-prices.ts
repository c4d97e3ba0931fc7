import type { IsoTime } from '../model/units.js'
import { usageNames } from '../model/usage.js'

/** What one amount of `Usage` costs. */
export interface OwnPrice {
  /** The amount's name, or the start of the names of several (`ce:`). */
  readonly of: string
  /** In words, for a line of a bill. */
  readonly what: string
  readonly usd: number
  readonly per: number
  readonly source: string
}

/** When the prices below were looked up; list prices of us-east-1, no free tier taken off. */
export const ownPricesReadAt: IsoTime = '2026-11-23T00:00:00.000Z'

const cloudWatch = 'aws.amazon.com/cloudwatch/pricing'
const dynamoDb = 'aws.amazon.com/dynamodb/pricing/on-demand'
const lambda = 'aws.amazon.com/lambda/pricing'
const million = 1_000_000

/** Everything that Trimtab uses and AWS bills by use. Describe* of Auto Scaling, EC2, ELB, STS and Pricing cost nothing. */
export const ownPrices: readonly OwnPrice[] = [
  { of: usageNames.metrics, what: 'metrics read', usd: 0.01, per: 1000, source: cloudWatch },
  { of: 'cloudwatch:PutMetricData', what: 'calls that publish metrics', usd: 0.01, per: 1000, source: cloudWatch },
  { of: 'cloudwatch:DescribeAlarms', what: 'looks at alarms', usd: 0.01, per: 1000, source: cloudWatch },
  { of: usageNames.readUnits, what: 'table reads', usd: 0.125, per: million, source: dynamoDb },
  { of: usageNames.writeUnits, what: 'table writes', usd: 0.625, per: million, source: dynamoDb },
  { of: usageNames.gigabyteSeconds, what: 'function time (GB-s, arm64)', usd: 0.0000133334, per: 1, source: lambda },
  { of: usageNames.invocations, what: 'function calls', usd: 0.2, per: million, source: lambda },
  {
    of: usageNames.transitions,
    what: 'workflow steps',
    usd: 0.025,
    per: 1000,
    source: 'aws.amazon.com/step-functions/pricing',
  },
  {
    of: 'ce:',
    what: 'Cost Explorer requests',
    usd: 0.01,
    per: 1,
    source: 'aws.amazon.com/aws-cost-management/aws-cost-explorer/pricing',
  },
  { of: 'sns:Publish', what: 'notifications', usd: 0.5, per: million, source: 'aws.amazon.com/sns/pricing' },
  { of: 'sqs:', what: 'queue requests', usd: 0.4, per: million, source: 'aws.amazon.com/sqs/pricing' },
]

/** What stands on the bill of a deployment whatever it does, a month each; also list prices without the free tier. */
export const standingPrices: readonly Pick<OwnPrice, 'what' | 'usd' | 'source'>[] = [
  { what: 'a metric of its own (ten for each environment)', usd: 0.3, source: cloudWatch },
  { what: 'an alarm (two for each named group, none with a tag query)', usd: 0.1, source: cloudWatch },
  { what: 'the secret of the GitHub App', usd: 0.4, source: 'aws.amazon.com/secrets-manager/pricing' },
  { what: 'the dashboard (the first three are free)', usd: 3, source: cloudWatch },
]
