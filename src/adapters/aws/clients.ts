import type { connectAutoScaling } from './calls/auto-scaling.js'
import type { connectCloudFormation } from './calls/cloudformation.js'
import type { connectCloudWatch } from './calls/cloudwatch.js'
import type { connectCostExplorer } from './calls/cost-explorer.js'
import type { connectEc2 } from './calls/ec2.js'
import type { connectLoadBalancing } from './calls/load-balancing.js'
import type { connectPricing } from './calls/pricing.js'
import type { connectSns } from './calls/sns.js'
import type { connectSts } from './calls/sts.js'
import { type ConnectionOptions, connecting } from './connection.js'

export interface AwsClientOptions extends ConnectionOptions {
  /** Used where a call belongs to no region, such as the account's identity. */
  readonly region: string
}

/**
 * One connection per service and region, made when first asked for, so that a run loads only the SDK clients it uses.
 * Every call through a connection throws `TrimtabError` only.
 */
export interface AwsClients {
  readonly region: string
  autoScaling(region: string): Promise<ReturnType<typeof connectAutoScaling>>
  cloudWatch(region: string): Promise<ReturnType<typeof connectCloudWatch>>
  ec2(region: string): Promise<ReturnType<typeof connectEc2>>
  loadBalancing(region: string): Promise<ReturnType<typeof connectLoadBalancing>>
  cloudFormation(region: string): Promise<ReturnType<typeof connectCloudFormation>>
  sns(region: string): Promise<ReturnType<typeof connectSns>>
  sts(region: string): Promise<ReturnType<typeof connectSts>>
  /** Cost Explorer and the Pricing API live in us-east-1 whatever the groups' regions are. */
  costExplorer(): Promise<ReturnType<typeof connectCostExplorer>>
  pricing(): Promise<ReturnType<typeof connectPricing>>
}

/** The clients of everything that a pass asks of AWS. */
export function createAwsClients(options: AwsClientOptions): AwsClients {
  const costExplorer = connecting(options, async () => (await import('./calls/cost-explorer.js')).connectCostExplorer)
  const pricing = connecting(options, async () => (await import('./calls/pricing.js')).connectPricing)
  return {
    region: options.region,
    autoScaling: connecting(options, async () => (await import('./calls/auto-scaling.js')).connectAutoScaling),
    cloudWatch: connecting(options, async () => (await import('./calls/cloudwatch.js')).connectCloudWatch),
    ec2: connecting(options, async () => (await import('./calls/ec2.js')).connectEc2),
    loadBalancing: connecting(options, async () => (await import('./calls/load-balancing.js')).connectLoadBalancing),
    cloudFormation: connecting(options, async () => (await import('./calls/cloudformation.js')).connectCloudFormation),
    sns: connecting(options, async () => (await import('./calls/sns.js')).connectSns),
    sts: connecting(options, async () => (await import('./calls/sts.js')).connectSts),
    costExplorer: () => costExplorer('us-east-1'),
    pricing: () => pricing('us-east-1'),
  }
}
