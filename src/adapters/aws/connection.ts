import type { Meter } from '../../ports/usage.js'
import type { Asking, AwsCredentialSource, ClientSettings } from './client-settings.js'
import { translateError } from './translate-error.js'

export interface ConnectionOptions {
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

/** Where the services around a Lambda function are reached: secrets, queues, logs. */
export type SurroundingsOptions = Pick<ConnectionOptions, 'endpoint' | 'credentials'>

/** They answer fast or not at all: a function's time is short. */
export function short(options: SurroundingsOptions): ConnectionOptions {
  return { ...options, retryMode: 'standard', maxAttempts: 3, connectionTimeoutMs: 1_000, requestTimeoutMs: 3_000 }
}

/** Loads what connects to a service. */
type Load<T> = () => Promise<(settings: ClientSettings, asking: Asking) => T>

/**
 * Connects to a service of a region when it is first asked for, and once: what is not used is not loaded. Every call
 * through a connection throws `TrimtabError` only.
 */
export function connecting<T>(options: ConnectionOptions, load: Load<T>): (region: string) => Promise<T> {
  const made = new Map<string, Promise<T>>()
  return (region) => {
    const earlier = made.get(region)
    if (earlier) return earlier
    const fresh = load().then((connect) => connect(settingsOf(options, region), askingIn(region, options.meter)))
    made.set(region, fresh)
    return fresh
  }
}

function settingsOf(options: ConnectionOptions, region: string): ClientSettings {
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
