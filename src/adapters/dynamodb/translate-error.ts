import { type FaultCode, TrimtabError } from '../../core/model/errors.js'

/** Whether a conditional write was refused: an expected answer, never a fault. */
export function conditionFailed(error: unknown): boolean {
  return error instanceof Error && error.name === 'ConditionalCheckFailedException'
}

/** Runs one call on the table; its errors come out in our own words. A refused condition passes through as it is. */
export async function onTable<T>(tableName: string, call: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    if (error instanceof TrimtabError || conditionFailed(error)) throw error
    const [code, remedy] = meanings[nameOf(error)] ?? fallback(error)
    const said =
      code === 'unsupported' ? 'not supported' : error instanceof Error ? lineOf(error.message) : String(error)
    throw new TrimtabError(code, `dynamodb:${call} on table ${tableName}: ${said || nameOf(error)}; ${remedy}`, {
      call: `dynamodb:${call}`,
      cause: error,
      ...(code === 'internal' ? { remedy: 'our-bug' as const } : {}),
    })
  }
}

const throttled: readonly [FaultCode, string] = ['throttled', 'the next run goes on where this one stopped']
const unsupported: readonly [FaultCode, string] = ['unsupported', 'use an endpoint that has DynamoDB']
const clock: readonly [FaultCode, string] = ['credentials', "set this machine's clock"]
const credentials: readonly [FaultCode, string] = ['credentials', 'check the AWS credentials of this process']

const meanings: Readonly<Record<string, readonly [FaultCode, string]>> = {
  ResourceNotFoundException: ['configuration', 'deploy the stack, or name the table that exists'],
  AccessDeniedException: ['permission', 'grant this call on the table and its indexes'],
  ProvisionedThroughputExceededException: throttled,
  ThrottlingException: throttled,
  RequestLimitExceeded: throttled,
  UnrecognizedClientException: credentials,
  InvalidSignatureException: credentials,
  ExpiredTokenException: credentials,
  CredentialsProviderError: credentials,
  ExpiredToken: credentials,
  InvalidClientTokenId: credentials,
  MissingAuthenticationTokenException: credentials,
  RequestExpired: clock,
  RequestTimeTooSkewed: clock,
  SignatureDoesNotMatch: credentials,
  UnknownOperationException: unsupported,
  NotImplemented: unsupported,
  ValidationException: ['internal', 'report this with the call above'],
}

/** An answer in which the SDK found no error of the service (no `$fault`), or a status that says so, is not DynamoDB's. */
function fallback(error: unknown): readonly [FaultCode, string] {
  const { $fault, $metadata } = error as { readonly $fault?: string; readonly $metadata?: Metadata }
  const status = $metadata?.httpStatusCode
  if (status !== undefined && ($fault === undefined || [404, 405, 501].includes(status))) return unsupported
  const answered = status !== undefined && status < 500
  return answered ? ['internal', 'report this with the call above'] : ['unreachable', 'check the endpoint and network']
}

interface Metadata {
  readonly httpStatusCode?: number
}

/** The first 200 characters, on one line. */
function lineOf(message: string): string {
  return message.replace(/\s+/g, ' ').slice(0, 200)
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown error'
}
