/** Keys that the caller gives instead of the SDK's default chain. */
export interface AwsCredentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

/** What every SDK client is made with. */
export interface ClientSettings {
  readonly region: string
  readonly endpoint?: string
  readonly credentials?: AwsCredentials
  readonly retryMode: 'adaptive' | 'standard'
  readonly maxAttempts: number
  readonly requestHandler: {
    readonly connectionTimeout: number
    readonly requestTimeout: number
    readonly throwOnRequestTimeout: true
  }
}

/** Sends one call and translates its fault; `call` is the IAM action, e.g. `autoscaling:DescribePolicies`. */
export type Asking = <T>(call: string, send: () => Promise<T>) => Promise<T>
