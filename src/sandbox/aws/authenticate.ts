import { AwsError } from './aws-error.js'
import { missingToken, type WireCall, type WireRequest } from './identify-call.js'
import type { Caller } from './operation.js'
import { verifySignature } from './verify-signature.js'

/** An access key that the stand-in knows, and the account it belongs to. */
export interface Credential {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly account: string
}

/** The account of every caller when no credentials are given: AWS's own documentation example. */
export const DEFAULT_ACCOUNT = '123456789012'

/**
 * Who calls, by the key id and the signature in the Authorization header. With `credentials` an unknown key, or one
 * whose secret did not make the signature, is refused in the service's own words; without them everyone is let in.
 * Throws AwsError for a missing Authorization too.
 */
export function authenticate(
  call: WireCall,
  request: WireRequest,
  credentials: readonly Credential[] | undefined,
): Caller {
  const { scope, service, protocol } = call
  if (scope === undefined) throw missingToken(protocol)
  const { accessKeyId, region } = scope
  if (credentials === undefined) return { account: DEFAULT_ACCOUNT, region, accessKeyId }
  const known = credentials.find((credential) => credential.accessKeyId === accessKeyId)
  const codes = protocol === 'json' ? jsonRefusals : service.codes
  if (known === undefined) throw new AwsError(codes.unknownKey, protocol === 'ec2' ? notValidated : invalidToken, 403)
  if (!verifySignature(request, known.secretAccessKey))
    throw new AwsError(codes.wrongSignature, protocol === 'ec2' ? notValidated : wrongSignature, 403)
  return { account: known.account, region, accessKeyId }
}

const jsonRefusals = { unknownKey: 'UnrecognizedClientException', wrongSignature: 'InvalidSignatureException' }
const notValidated = 'AWS was not able to validate the provided access credentials'
const invalidToken = 'The security token included in the request is invalid.'
const wrongSignature =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.'
