import { AwsError } from './aws-error.js'
import { missingToken, type WireCall } from './identify-call.js'
import type { Caller } from './operation.js'

/** An access key that the stand-in knows, and the account it belongs to. */
export interface Credential {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly account: string
}

/** The account of every caller when no credentials are given: AWS's own documentation example. */
export const DEFAULT_ACCOUNT = '123456789012'

/**
 * Who calls, by the key id in the Authorization header. Signatures are not verified: the stand-in listens on loopback and
 * judges only whether it knows the key id; with `credentials` an unknown one is refused in the service's own words, without
 * them every key id is let in. Throws AwsError for a missing Authorization or an unknown key.
 */
export function authenticate(call: WireCall, credentials: readonly Credential[] | undefined): Caller {
  const { scope, service, protocol } = call
  if (scope === undefined) throw missingToken(protocol)
  const { accessKeyId, region } = scope
  if (credentials === undefined) return { account: DEFAULT_ACCOUNT, region, accessKeyId }
  const known = credentials.find((credential) => credential.accessKeyId === accessKeyId)
  if (known !== undefined) return { account: known.account, region, accessKeyId }
  const isJson = protocol === 'json'
  const message =
    protocol === 'ec2'
      ? 'AWS was not able to validate the provided access credentials'
      : 'The security token included in the request is invalid.'
  throw new AwsError(isJson ? 'UnrecognizedClientException' : service.codes.unknownKey, message, 403)
}
