import type { AwsError } from './aws-error.js'
import { findModelledError } from './find-schemas.js'
import type { Protocol, WireService } from './wire-services.js'
import { jsonType, type Reply, XML_HEAD } from './write-reply.js'

/** In which service's manner an error is to be said; an unknown service answers as Query does. */
export interface ErrorManner {
  readonly service: WireService | undefined
  readonly protocol: Protocol
}

/**
 * An error as the service would answer it: `ErrorResponse` for Query, `Response/Errors` for ec2, `__type` for JSON with
 * the `x-amzn-query-error` header where the service also speaks Query (CloudWatch), which is where clients read its code.
 */
export async function writeError(manner: ErrorManner, error: AwsError, requestId: string): Promise<Reply> {
  const { service, protocol } = manner
  const modelled = service === undefined ? undefined : await findModelledError(service, error.code)
  const status = error.httpStatus ?? modelled?.httpStatus ?? 400
  const wireCode = modelled?.wireCode ?? error.code
  const fault = status < 500 ? 'Sender' : 'Receiver'
  if (protocol === 'json') {
    const queryError = service?.xml === undefined ? {} : { 'x-amzn-query-error': `${wireCode};${fault}` }
    return {
      status,
      headers: { 'content-type': jsonType(manner), 'x-amzn-requestid': requestId, ...queryError },
      body: JSON.stringify({ __type: modelled?.name ?? error.code, message: error.message }),
    }
  }
  const said = `<Code>${escapeXml(wireCode)}</Code><Message>${escapeXml(error.message)}</Message>`
  const body =
    protocol === 'ec2'
      ? `<Response><Errors><Error>${said}</Error></Errors><RequestID>${requestId}</RequestID></Response>`
      : `<ErrorResponse xmlns="${service?.xml?.namespace ?? ''}"><Error><Type>${fault}</Type>${said}</Error>` +
        `<RequestId>${requestId}</RequestId></ErrorResponse>`
  const headers = { 'content-type': 'text/xml;charset=UTF-8', 'x-amzn-requestid': requestId }
  return { status, headers, body: XML_HEAD + body }
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character)
}
