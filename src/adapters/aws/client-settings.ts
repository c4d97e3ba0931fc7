import type { Usage } from '../../core/model/usage.js'

/** Keys that the caller gives instead of the SDK's default chain. */
export interface AwsCredentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
  /** When they end; a provider is asked again shortly before. */
  readonly expiration?: Date
}

/** Keys as they are, or what gives them when a client first needs them. */
export type AwsCredentialSource = AwsCredentials | (() => Promise<AwsCredentials>)

/** What every SDK client is made with. */
export interface ClientSettings {
  readonly region: string
  readonly endpoint?: string
  readonly credentials?: AwsCredentialSource
  readonly retryMode: 'adaptive' | 'standard'
  readonly maxAttempts: number
  readonly requestHandler: {
    readonly connectionTimeout: number
    readonly requestTimeout: number
    readonly throwOnRequestTimeout: true
  }
}

/**
 * Sends one call, counts it and translates its fault; `call` is the IAM action, e.g. `autoscaling:DescribePolicies`.
 * `amounts` are counted beside it.
 */
export type Asking = <T>(call: string, send: () => Promise<T>, amounts?: Usage) => Promise<T>
