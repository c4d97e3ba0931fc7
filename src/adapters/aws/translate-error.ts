import { type FaultCode, type Remedy, TrimtabError } from '../../core/model/errors.js'

/** Which call failed, and where. */
export interface CallPlace {
  readonly call: string
  readonly region: string
}

/** What the SDK's errors carry, as far as we read it. */
interface VendorError {
  readonly name: string
  readonly message: string
  readonly code: string | undefined
  readonly httpStatus: number | undefined
  /** Set by the SDK when it could read the service's error; absent when it could not read the answer at all. */
  readonly fault: string | undefined
  readonly endpoint: string | undefined
}

const errorNames: readonly (readonly [FaultCode, ReadonlySet<string>])[] = [
  [
    'credentials',
    new Set([
      'AuthFailure',
      'CredentialsProviderError',
      'ExpiredToken',
      'ExpiredTokenException',
      'IncompleteSignature',
      'InvalidAccessKeyId',
      'InvalidClientTokenId',
      'InvalidSignatureException',
      'InvalidToken',
      'MissingAuthenticationToken',
      'MissingAuthenticationTokenException',
      'RequestExpired',
      'RequestInTheFuture',
      'RequestTimeTooSkewed',
      'SignatureDoesNotMatch',
      'TokenProviderError',
      'TokenRefreshRequired',
      'UnrecognizedClientException',
    ]),
  ],
  [
    'permission',
    new Set([
      'AccessDenied',
      'AccessDeniedException',
      'AuthorizationError',
      'AuthorizationErrorException',
      'NotAuthorized',
      'OptInRequired',
      'UnauthorizedOperation',
    ]),
  ],
  [
    'throttled',
    new Set([
      'BandwidthLimitExceeded',
      'LimitExceededException',
      'PriorRequestNotComplete',
      'RequestLimitExceeded',
      'RequestThrottled',
      'RequestThrottledException',
      'SlowDown',
      'ThrottledException',
      'Throttling',
      'ThrottlingException',
      'TooManyRequestsException',
    ]),
  ],
  [
    'unsupported',
    new Set([
      'ActionNotFound',
      'InvalidAction',
      'MethodNotAllowed',
      'MissingAction',
      'NotImplemented',
      'NotImplementedException',
      'Unknown',
      'UnknownAction',
      'UnknownError',
      'UnknownOperation',
      'UnknownOperationException',
      'UnsupportedOperation',
    ]),
  ],
  [
    'conflict',
    new Set([
      'ResourceContention',
      'ResourceContentionFault',
      'ScalingActivityInProgress',
      'ScalingActivityInProgressFault',
    ]),
  ],
]

const connectionCodes: ReadonlySet<string> = new Set([
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'EAI_AGAIN',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'EPROTO',
  'ETIMEDOUT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
])

/** Names that the SDK gives to an answer in which it found no error of the service. */
const pageNames: readonly string[] = ['NotFound', 'Unknown', 'UnknownError']

/** HTTP's own words for an operation that is not there, whatever name the body gives (LocalStack: InternalFailure, 501). */
const missingStatuses: readonly (number | undefined)[] = [404, 405, 501]

/** What AWS says when the time in a signature is too far from its own. */
const clockNames: ReadonlySet<string> = new Set(['RequestExpired', 'RequestInTheFuture', 'RequestTimeTooSkewed'])

/**
 * Vendor errors become `TrimtabError` here and nowhere else: the code by the error's name, never by its message, and one
 * sentence that names the call and the remedy. Vendor words are quoted, shortened, only where the fault is not understood.
 */
export function translateError(error: unknown, place: CallPlace): TrimtabError {
  if (error instanceof TrimtabError) return error
  const vendor = readVendorError(error)
  const code = faultCodeOf(vendor)
  const remedy: Remedy | undefined = code === 'conflict' ? 'retry' : undefined
  return new TrimtabError(code, sentence(code, vendor, place), {
    call: place.call,
    cause: error,
    ...(remedy === undefined ? {} : { remedy }),
  })
}

function readVendorError(error: unknown): VendorError {
  const from = isRecord(error) ? error : {}
  const metadata = isRecord(from.$metadata) ? from.$metadata : {}
  return {
    name: textOf(from.name) ?? 'Error',
    message: textOf(from.message) ?? String(error),
    code: textOf(from.code),
    httpStatus: typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : undefined,
    fault: textOf(from.$fault),
    endpoint: textOf(from.endpoint),
  }
}

function faultCodeOf(vendor: VendorError): FaultCode {
  if (vendor.code !== undefined && connectionCodes.has(vendor.code)) return 'unreachable'
  if (vendor.name === 'TimeoutError' || vendor.name === 'SlowAnswer') return 'unreachable'
  for (const [code, names] of errorNames) if (names.has(vendor.name)) return code
  // A bare `NotFound` is the HTTP status of a page that is no answer of the API.
  if (vendor.name === 'NotFound') return 'unsupported'
  if (/NotFound(Exception|Fault)?$/.test(vendor.name)) return 'not-found'
  const unreadable = vendor.httpStatus !== undefined && vendor.fault === undefined
  return unreadable || missingStatuses.includes(vendor.httpStatus) ? 'unsupported' : 'internal'
}

function sentence(code: FaultCode, vendor: VendorError, place: CallPlace): string {
  const { call, region } = place
  switch (code) {
    case 'credentials':
      return credentialsSentence(vendor, place)
    case 'permission':
      return `${call} was denied in ${region}: grant ${call} to the identity that Trimtab runs as.`
    case 'throttled':
      return `${call} was throttled in ${region} and stayed so after retries (${vendor.name}): run again later.`
    case 'unreachable':
      return `Could not reach ${hostOf(vendor, place)} for ${call} (${vendor.code ?? vendor.name}): check the network, the region name and AWS_ENDPOINT_URL.`
    case 'unsupported':
      return unsupportedSentence(vendor, place)
    case 'conflict':
      return `${call} met another change of the same group in ${region} (${vendor.name}): run again in a minute.`
    case 'not-found':
      return `${call} in ${region} knows no such thing (${vendor.name}): ${quoted(vendor.message)}`
    default:
      return `${call} failed in ${region} (${vendor.name}): ${quoted(vendor.message)}`
  }
}

function credentialsSentence(vendor: VendorError, { call, region }: CallPlace): string {
  const mend = 'set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or sign in again.'
  if (vendor.name === 'CredentialsProviderError' || vendor.name === 'TokenProviderError') {
    return `No AWS credentials were found for ${call} (${unpointed(quoted(vendor.message))}): ${mend}`
  }
  if (clockNames.has(vendor.name)) {
    return `AWS did not accept the time of the request for ${call} in ${region} (${vendor.name}): set this machine's clock.`
  }
  return `AWS did not accept the credentials for ${call} in ${region} (${vendor.name}): ${mend}`
}

function unsupportedSentence(vendor: VendorError, place: CallPlace): string {
  const where = hostOf(vendor, place)
  if (vendor.fault !== undefined && !pageNames.includes(vendor.name))
    return `${where} does not support ${place.call} (${vendor.name}): use an endpoint that does.`
  const status = vendor.httpStatus === undefined ? '' : ` (HTTP ${vendor.httpStatus})`
  return `${where} gave ${place.call} an answer that is not AWS's${status}: check AWS_ENDPOINT_URL, or use an endpoint that supports the call.`
}

function hostOf(vendor: VendorError, place: CallPlace): string {
  return vendor.endpoint ?? `the ${place.call.split(':')[0]} endpoint of ${place.region}`
}

/** Vendor text on one line, at most 200 characters, access key ids blanked. */
function quoted(message: string): string {
  const line = message.replace(/\s+/g, ' ').replace(/\b(AKIA|ASIA)[A-Z0-9]{8,}/g, '$1…')
  return line.length > 200 ? `${line.slice(0, 199)}…` : line
}

/** Without the full stop, to stand inside a sentence. */
function unpointed(sentence: string): string {
  return sentence.replace(/[.:]+$/, '')
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
