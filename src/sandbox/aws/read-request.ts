import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { WireRequest } from './identify-call.js'

const MAX_BODY_BYTES = 32 * 1024 * 1024
const unzip = promisify(gunzip)

/**
 * Gathers a request with its body, unzipped where `Content-Encoding: gzip` says so (the SDK zips PutMetricData).
 * Rejects a body over 32 MB, zipped or not, and one that is not the gzip it claims to be.
 */
export async function readRequest(message: IncomingMessage): Promise<WireRequest> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > MAX_BODY_BYTES) throw new Error(`reading a request: expected at most ${MAX_BODY_BYTES} bytes`)
    chunks.push(chunk)
  }
  const raw = Buffer.concat(chunks)
  const zipped = message.headers['content-encoding'] === 'gzip'
  const headers = Object.fromEntries(
    Object.entries(message.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  )
  return {
    method: message.method ?? 'GET',
    path: message.url ?? '/',
    headers,
    body: zipped ? await unzip(raw, { maxOutputLength: MAX_BODY_BYTES }) : raw,
    bodyHash: createHash('sha256').update(raw).digest('hex'),
  }
}
