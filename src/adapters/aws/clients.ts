import type { Meter } from '../../ports/usage.js'
import type { connectAutoScaling } from './calls/auto-scaling.js'
import type { connectCloudFormation } from './calls/cloudformation.js'
import type { connectCloudWatch } from './calls/cloudwatch.js'
import type { connectCostExplorer } from './calls/cost-explorer.js'
import type { connectEc2 } from './calls/ec2.js'
import type { connectLoadBalancing } from './calls/load-balancing.js'
import type { connectPricing } from './calls/pricing.js'
import type { connectSns } from './calls/sns.js'
import type { connectSts } from './calls/sts.js'
import type { Asking, AwsCredentialSource, ClientSettings } from './client-settings.js'
import { translateError } from './translate-error.js'

export interface AwsClientOptions {
  /** Used where a call belongs to no region, such as the account's identity. */
  readonly region: string
  /** Another implementation of AWS; without it the SDK follows `AWS_ENDPOINT_URL` and its own rules. */
  readonly endpoint?: string
  /** Without them the SDK's default chain is asked. */
  readonly credentials?: AwsCredentialSource
  /** Tries of one call, the first included; default 4. */
  readonly maxAttempts?: number
  /** Default `adaptive`: throttling slows down all later calls of the same client too, by seconds. */
  readonly retryMode?: 'adaptive' | 'standard'
  readonly connectionTimeoutMs?: number
  readonly requestTimeoutMs?: number
  /** Counts every call. */
  readonly meter?: Meter | undefined
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

/** The one place that makes AWS clients. */
export function createAwsClients(options: AwsClientOptions): AwsClients {
  const connecting = <T>(load: () => Promise<(settings: ClientSettings, asking: Asking) => T>) =>
    onceFor(async (region: string) => (await load())(settingsOf(options, region), askingIn(region, options.meter)))
  const costExplorer = connecting(async () => (await import('./calls/cost-explorer.js')).connectCostExplorer)
  const pricing = connecting(async () => (await import('./calls/pricing.js')).connectPricing)
  return {
    region: options.region,
    autoScaling: connecting(async () => (await import('./calls/auto-scaling.js')).connectAutoScaling),
    cloudWatch: connecting(async () => (await import('./calls/cloudwatch.js')).connectCloudWatch),
    ec2: connecting(async () => (await import('./calls/ec2.js')).connectEc2),
    loadBalancing: connecting(async () => (await import('./calls/load-balancing.js')).connectLoadBalancing),
    cloudFormation: connecting(async () => (await import('./calls/cloudformation.js')).connectCloudFormation),
    sns: connecting(async () => (await import('./calls/sns.js')).connectSns),
    sts: connecting(async () => (await import('./calls/sts.js')).connectSts),
    costExplorer: () => costExplorer('us-east-1'),
    pricing: () => pricing('us-east-1'),
  }
}

function onceFor<T>(make: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const made = new Map<string, Promise<T>>()
  return (key) => {
    const earlier = made.get(key)
    if (earlier) return earlier
    const fresh = make(key)
    made.set(key, fresh)
    return fresh
  }
}

function settingsOf(options: AwsClientOptions, region: string): ClientSettings {
  return {
    region,
    ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint }),
    ...(options.credentials === undefined ? {} : { credentials: options.credentials }),
    retryMode: options.retryMode ?? 'adaptive',
    maxAttempts: options.maxAttempts ?? 4,
    requestHandler: {
      connectionTimeout: options.connectionTimeoutMs ?? 3_000,
      requestTimeout: options.requestTimeoutMs ?? 15_000,
      throwOnRequestTimeout: true,
    },
  }
}

function askingIn(region: string, meter: Meter | undefined): Asking {
  return async (call, send, amounts = {}) => {
    for (const [name, amount] of Object.entries({ [call]: 1, ...amounts })) meter?.count(name, amount)
    try {
      return await send()
    } catch (error) {
      throw translateError(error, { call, region })
    }
  }
}
