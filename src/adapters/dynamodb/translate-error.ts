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
    const said = error instanceof Error ? error.message.slice(0, 200) : String(error)
    throw new TrimtabError(code, `dynamodb:${call} on table ${tableName}: ${said || nameOf(error)}; ${remedy}`, {
      call: `dynamodb:${call}`,
      cause: error,
      ...(code === 'internal' ? { remedy: 'our-bug' as const } : {}),
    })
  }
}

const throttled: readonly [FaultCode, string] = ['throttled', 'the next run goes on where this one stopped']
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
  ValidationException: ['internal', 'report this with the call above'],
}

function fallback(error: unknown): readonly [FaultCode, string] {
  const status = (error as { readonly $metadata?: { readonly httpStatusCode?: number } }).$metadata?.httpStatusCode
  const answered = status !== undefined && status < 500
  return answered ? ['internal', 'report this with the call above'] : ['unreachable', 'check the endpoint and network']
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown error'
}
