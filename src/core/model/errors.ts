/** Who can mend a fault: wait and retry, the person who runs Trimtab, or its authors. */
export type Remedy = 'retry' | 'tell-the-user' | 'our-bug'

/**
 * The closed list of faults. Exit codes: 2 for what the caller got wrong (usage, configuration, credentials,
 * permission, unknown name), 3 for the rest.
 */
export const faultExitCodes = {
  usage: 2,
  configuration: 2,
  credentials: 2,
  permission: 2,
  'not-found': 2,
  unreachable: 3,
  throttled: 3,
  unsupported: 3,
  conflict: 3,
  interrupted: 3,
  internal: 3,
} as const

export type FaultCode = keyof typeof faultExitCodes

/**
 * The one error class. The message says what was being done, the value met, the values allowed and the remedy, and is
 * fit to print as it stands; vendor names are translated once, at the adapter.
 */
export class TrimtabError extends Error {
  readonly code: FaultCode
  readonly remedy: Remedy
  /** The outside call that failed, e.g. `autoscaling:DescribePolicies`. */
  readonly call: string | undefined

  constructor(code: FaultCode, message: string, options: { remedy?: Remedy; call?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'TrimtabError'
    this.code = code
    this.remedy = options.remedy ?? (code === 'throttled' || code === 'unreachable' ? 'retry' : 'tell-the-user')
    this.call = options.call
  }
}
