import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { handleDelivery } from '../../workflows/deliveries/handle-delivery.js'
import type { CodeHost, Deps } from '../../workflows/deps.js'
import { bodyLimit, createVerifier, signatureOf, type WebhookRequest } from '../webhooks/verify-delivery.js'
import { createDeliveryQueue, type DeliveryQueue } from './delivery-queue.js'

export interface WebhookServerOptions {
  readonly deps: Deps
  readonly host: CodeHost
  readonly secret: string
  /** 0 takes a free one. */
  readonly port: number
  /** Address to listen on; default loopback. */
  readonly address?: string
  readonly retryDelaysMs?: readonly number[]
  /** A request that has not come whole in this time is cut off. Default 10 s, as long as GitHub itself waits. */
  readonly requestTimeoutMs?: number
}

export interface WebhookServer {
  readonly url: string
  /** Until the work of every delivery received so far has ended. */
  idle(): Promise<void>
  close(): Promise<void>
}

/** Where GitHub sends deliveries: Probot's own path. */
export const webhookPath = '/api/github/webhooks'

/** More at once are turned away: each may hold a body in memory before its signature is known. */
const connectionLimit = 256

/**
 * Receives GitHub's webhooks: verifies the signature in constant time (401), refuses bodies over 1 MB (413), answers
 * 202 at once and does the work in a queue, idempotent by the delivery's id.
 */
export async function startWebhookServer(options: WebhookServerOptions): Promise<WebhookServer> {
  const { deps, host, secret, port, retryDelaysMs } = options
  const queue = createDeliveryQueue({
    work: (delivery) => handleDelivery(deps, host, delivery),
    journal: deps.journal,
    ...(retryDelaysMs && { retryDelaysMs }),
  })
  const verify = createVerifier(secret)
  const { requestTimeoutMs: requestTimeout = 10_000 } = options
  const headersTimeout = Math.min(5_000, requestTimeout)
  // Node looks for requests over their time only every 30 s unless told.
  const connectionsCheckingInterval = headersTimeout / 5
  const server = createServer({ requestTimeout, headersTimeout, connectionsCheckingInterval }, (request, response) => {
    receive(request, verify, queue)
      .catch(() => 400)
      .then((status) => answer(request, response, status))
  })
  server.maxConnections = connectionLimit
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, options.address ?? '127.0.0.1', resolve)
  })
  const { address, port: bound } = server.address() as AddressInfo
  return {
    url: `http://${address.includes(':') ? `[${address}]` : address}:${bound}${webhookPath}`,
    idle: () => queue.idle(),
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
      await queue.idle()
    },
  }
}

async function receive(
  request: IncomingMessage,
  verify: ReturnType<typeof createVerifier>,
  queue: DeliveryQueue,
): Promise<number> {
  if (request.url?.split('?')[0] !== webhookPath) return 404
  if (request.method !== 'POST') return 405
  const header: WebhookRequest['header'] = (name) => {
    const value = request.headers[name]
    return typeof value === 'string' ? value : undefined
  }
  if (signatureOf(header) === undefined) return 401
  const body = await readBody(request)
  if (body === undefined) return 413
  const verdict = await verify({ header, body })
  if (verdict.status === 202 && verdict.delivery) queue.add(verdict.delivery)
  return verdict.status
}

/** The body as text; undefined as soon as it is known to be over the limit. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  if (Number(request.headers['content-length']) > bodyLimit) return undefined
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > bodyLimit) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** A request that was not read to its end is cut off after the answer. */
function answer(request: IncomingMessage, response: ServerResponse, status: number): void {
  const rest: Readonly<Record<string, string>> = request.complete ? {} : { connection: 'close' }
  response.writeHead(status, { 'content-type': 'text/plain', ...rest })
  response.end(`${status}\n`)
}
