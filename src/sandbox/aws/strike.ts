import { setTimeout as wait } from 'node:timers/promises'
import { AwsError } from './aws-error.js'
import type { Fault } from './faults.js'
import type { WireCall } from './identify-call.js'
import type { Caller } from './operation.js'
import type { Reply } from './write-reply.js'

const DEFAULT_DELAY_MS = 250

/** What a fault makes of a call before its operation runs: `go` on with it, `cut` the connection, or answer at once. */
export type Struck =
  | { readonly kind: 'go' }
  | { readonly kind: 'cut' }
  | { readonly kind: 'reply'; readonly reply: Reply }

const GO: Struck = { kind: 'go' }

/** Applies the part of a fault that comes before the effect. Throws AwsError where the service itself would refuse. */
export async function strikeBefore(fault: Fault | undefined, call: WireCall, caller: Caller): Promise<Struck> {
  const { codes } = call.service
  const isJson = call.protocol === 'json'
  switch (fault?.kind) {
    case 'throttle':
      throw new AwsError(isJson ? 'ThrottlingException' : codes.throttled[0], 'Rate exceeded', codes.throttled[1])
    case 'denied':
      throw denied(call, caller)
    case 'serverError':
      throw new AwsError(codes.failure, 'We encountered an internal error. Please try again.', 500)
    case 'unsupported':
      throw unsupported(call)
    case 'invalidQueryInBatch':
      throw new AwsError(codes.invalid, `The metric query ${fault.query ?? ''} is not valid.`, 400)
    case 'slow':
      await wait(fault.delayMs ?? DEFAULT_DELAY_MS)
      return GO
    case 'cutConnection':
      return { kind: 'cut' }
    case 'errorPage':
      return { kind: 'reply', reply: errorPage(fault.httpStatus ?? 500) }
    default:
      return GO
  }
}

function denied(call: WireCall, caller: Caller): AwsError {
  const action = `${call.service.name}:${call.operation}`
  const who = `User: arn:aws:iam::${caller.account}:user/trimtab is not authorized to perform: ${action}`
  const [code, status] = call.service.codes.denied
  const text = call.protocol === 'ec2' ? `You are not authorized to perform this operation. ${who}` : who
  return new AwsError(code, `${text} because no identity-based policy allows the ${action} action`, status)
}

/** The refusal of an operation that the service, or this stand-in, does not have. */
export function unsupported(call: WireCall): AwsError {
  if (call.protocol === 'json') {
    return new AwsError(
      'UnknownOperationException',
      `${call.service.name} has no operation ${call.operation} here`,
      400,
    )
  }
  return new AwsError('InvalidAction', `The action ${call.operation} is not valid for this web service.`, 400)
}

function errorPage(status: number): Reply {
  const title = status === 404 ? '404 Not Found' : `${status} Internal Server Error`
  const body = `<!doctype html>\n<html lang="en">\n<title>${title}</title>\n<h1>${title}</h1>\n</html>\n`
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body }
}
