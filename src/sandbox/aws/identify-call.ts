import { AwsError } from './aws-error.js'
import { type Protocol, type WireService, wireServices } from './wire-services.js'

/** One HTTP request, its body already gathered and unzipped. Header names are lower case. */
export interface WireRequest {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: Buffer
  /** SHA-256 in hex of the body as it was sent, zipped where it was: what the signature covers. */
  readonly bodyHash: string
}

/** Which operation of which service a request asks for, and how it wants its answer. */
export interface WireCall {
  readonly service: WireService
  readonly protocol: Protocol
  readonly operation: string
  readonly form: URLSearchParams | undefined
  readonly scope: CredentialScope | undefined
}

/** What the signature says of the caller: `Credential=<key id>/<day>/<region>/<service>/aws4_request`. */
export interface CredentialScope {
  readonly accessKeyId: string
  readonly region: string
  readonly signingName: string
}

/** A request that could not be told to any service's operation; `protocol` is the manner in which to say so. */
export interface UnknownCall {
  readonly service: WireService | undefined
  readonly protocol: Protocol
  readonly error: AwsError
}

/** Whether a request was recognised as an operation's call. */
export function isCall(call: WireCall | UnknownCall): call is WireCall {
  return 'operation' in call
}

/**
 * Recognises the operation by `X-Amz-Target`, or by the form's `Action` with the service that the credential scope names
 * (without a signature: the one of that `Version`). Whether the caller may call is not judged here.
 */
export function identifyCall(request: WireRequest): WireCall | UnknownCall {
  const scope = credentialScope(request.headers.authorization)
  const target = request.headers['x-amz-target']
  return target === undefined ? identifyForm(request, scope) : identifyTarget(target, scope)
}

function credentialScope(authorization: string | undefined): CredentialScope | undefined {
  const match = /Credential=([^/\s,]+)\/\d+\/([^/\s,]+)\/([^/\s,]+)\/aws4_request/.exec(authorization ?? '')
  const [, accessKeyId, region, signingName] = match ?? []
  if (accessKeyId === undefined || region === undefined || signingName === undefined) return undefined
  return { accessKeyId, region, signingName }
}

function identifyTarget(target: string, scope: CredentialScope | undefined): WireCall | UnknownCall {
  const dot = target.lastIndexOf('.')
  const prefix = target.slice(0, Math.max(dot, 0))
  const operation = target.slice(dot + 1)
  const service = wireServices.find((candidate) => candidate.json?.target === prefix)
  if (service !== undefined && operation !== '') return { service, protocol: 'json', operation, form: undefined, scope }
  const error = new AwsError('UnknownOperationException', `no operation is known by the target ${target}`, 400)
  return { service: undefined, protocol: 'json', error }
}

function identifyForm(request: WireRequest, scope: CredentialScope | undefined): WireCall | UnknownCall {
  const queryStart = request.path.indexOf('?')
  const text = request.method === 'GET' ? request.path.slice(queryStart + 1) : request.body.toString('utf8')
  const form = new URLSearchParams(request.method === 'GET' && queryStart < 0 ? '' : text)
  const version = form.get('Version')
  const service = wireServices.find((candidate) =>
    scope === undefined
      ? version !== null && candidate.xml?.version === version
      : candidate.signingName === scope.signingName,
  )
  const protocol = service === undefined ? 'query' : (service.xml?.protocol ?? 'json')
  const unknown = (code: string, message: string): UnknownCall => ({
    service,
    protocol,
    error: new AwsError(code, message, 400),
  })
  const operation = form.get('Action')
  if (service?.xml === undefined) {
    if (scope === undefined) return { service, protocol, error: missingToken(protocol) }
    return unknown('InvalidAction', `no service ${scope.signingName} speaks Query here`)
  }
  if (operation === null || operation === '') return unknown('MissingAction', 'the request has no parameter Action')
  if (version !== null && version !== service.xml.version) {
    return unknown('InvalidAction', `Could not find operation ${operation} for version ${version}`)
  }
  return { service, protocol, operation, form, scope }
}

/** AWS's refusal of an unsigned request, in the words of the protocol. */
export function missingToken(protocol: Protocol): AwsError {
  const code = protocol === 'json' ? 'MissingAuthenticationTokenException' : 'MissingAuthenticationToken'
  return new AwsError(code, 'Request is missing Authentication Token', 403)
}
