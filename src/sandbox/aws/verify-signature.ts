import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { WireRequest } from './identify-call.js'

const authorizationShape =
  /^AWS4-HMAC-SHA256\s+Credential=[^/]+\/([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]{64})$/

/**
 * Whether a request is signed with this secret: Signature Version 4, as AWS's "Create a signed AWS API request" has it.
 * How old the signature is is not judged: the world behind the stand-in has a clock of its own.
 */
export function verifySignature(request: WireRequest, secretAccessKey: string): boolean {
  const [, scope, signed, signature] = authorizationShape.exec(request.headers.authorization ?? '') ?? []
  const signedAt = request.headers['x-amz-date']
  if (scope === undefined || signed === undefined || signature === undefined || signedAt === undefined) return false
  const text = ['AWS4-HMAC-SHA256', signedAt, scope, sha256(canonicalRequest(request, signed))].join('\n')
  const key = scope.split('/').reduce<Buffer | string>((secret, part) => hmac(secret, part), `AWS4${secretAccessKey}`)
  return timingSafeEqual(hmac(key, text), Buffer.from(signature, 'hex'))
}

function canonicalRequest({ method, path, headers, bodyHash }: WireRequest, signed: string): string {
  const [uri = '/', query = ''] = path.split('?', 2)
  const lines = signed.split(';').map((name) => `${name}:${(headers[name] ?? '').trim().replace(/\s+/g, ' ')}\n`)
  return [method, twiceEncoded(uri), canonicalQuery(query), lines.join(''), signed, bodyHash].join('\n')
}

/** The path as it is sent is encoded once already; the signature is of it encoded again. */
function twiceEncoded(uri: string): string {
  return uri.split('/').map(encoded).join('/')
}

function canonicalQuery(query: string): string {
  const pairs = [...new URLSearchParams(query)].map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
  return pairs.sort().join('&')
}

function encoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function hmac(key: Buffer | string, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}
