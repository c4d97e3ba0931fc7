import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ADMIN_PATH, type Admin, type AdminHandler, createAdmin } from './admin.js'
import { type Answering, answerCall, type SeenCall } from './answer-call.js'
import type { Credential } from './authenticate.js'
import { AwsError } from './aws-error.js'
import { type EmbeddedTable, startEmbeddedTable } from './embedded-table.js'
import type { Faults } from './faults.js'
import { createForwarder } from './forward-request.js'
import { listen } from './listen.js'
import type { Operations } from './operation.js'
import { readRequest } from './read-request.js'
import { writeError } from './write-error.js'
import type { Reply } from './write-reply.js'

/** How a stand-in is started. Without `credentials` any key id is let in; without `dynamoEndpoint` a table is embedded. */
export interface AwsServerOptions {
  readonly operations: Operations
  readonly port?: number
  readonly credentials?: readonly Credential[]
  readonly dynamoEndpoint?: string
  readonly onCall?: (call: SeenCall) => void
  readonly faults?: Faults
  readonly admin?: Readonly<Record<string, AdminHandler>>
}

/**
 * A running stand-in. `url` serves every service (`AWS_ENDPOINT_URL`). `calls` counts recognised calls by
 * `service:Operation`, refused and struck ones too. `registerAdmin` adds a route below `/_trimtab/`.
 */
export interface AwsServer {
  readonly url: string
  readonly calls: ReadonlyMap<string, number>
  registerAdmin(path: string, handler: AdminHandler): void
  close(): Promise<void>
}

/**
 * Starts an AWS stand-in on loopback HTTP. It speaks the services' own protocols, driven by the SDK clients' operation
 * schemas; what the operations do is the caller's. DynamoDB calls without a registered operation go to dynalite (or
 * `dynamoEndpoint`). Request ids count up from one, so that the same calls get the same answers.
 */
export async function startAwsServer(options: AwsServerOptions): Promise<AwsServer> {
  const calls = new Map<string, number>()
  const admin = createAdmin(options.admin)
  const tables = createTables(options.dynamoEndpoint)
  const answering = createAnswering(options, calls, tables.forward)
  const server = createServer((message, response) => {
    void handle(message, response, answering, admin)
  })
  await listen(server, options.port ?? 0)
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    registerAdmin: admin.register,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
      await tables.close()
    },
  }
}

function createAnswering(
  options: AwsServerOptions,
  calls: Map<string, number>,
  forward: Answering['forward'],
): Answering {
  let requests = 0
  return {
    operations: options.operations,
    credentials: options.credentials,
    faults: options.faults,
    forward,
    onCall: (call) => {
      const key = `${call.service}:${call.operation}`
      calls.set(key, (calls.get(key) ?? 0) + 1)
      options.onCall?.(call)
    },
    requestId: () => {
      requests += 1
      return `00000000-0000-4000-8000-${String(requests).padStart(12, '0')}`
    },
  }
}

/** Where DynamoDB requests go; the embedded table starts with the first of them. */
function createTables(endpoint: string | undefined): {
  readonly forward: Answering['forward']
  readonly close: () => Promise<void>
} {
  const forwarder = createForwarder()
  let embedded: Promise<EmbeddedTable> | undefined
  const embeddedEndpoint = async (): Promise<string> => {
    embedded ??= startEmbeddedTable()
    return (await embedded).endpoint
  }
  return {
    forward: async (request) => forwarder.forward(endpoint ?? (await embeddedEndpoint()), request),
    close: async () => {
      forwarder.close()
      const table = await embedded?.catch(() => undefined)
      await table?.close()
    },
  }
}

async function handle(
  message: IncomingMessage,
  response: ServerResponse,
  answering: Answering,
  admin: Admin,
): Promise<void> {
  try {
    const request = await readRequest(message)
    if (request.path.startsWith(ADMIN_PATH)) {
      return send(response, await admin.answer(request.method, request.path, request.body.toString('utf8')))
    }
    const answer = await answerCall(request, answering)
    if (answer.kind === 'cut') message.socket.destroy()
    else send(response, answer.reply)
  } catch (error) {
    await sendUnreadable(response, error, answering.requestId())
  }
}

async function sendUnreadable(response: ServerResponse, error: unknown, requestId: string): Promise<void> {
  const said = error instanceof Error ? error.message : String(error)
  const refusal = new AwsError('MalformedInput', said, 400)
  send(response, await writeError({ service: undefined, protocol: 'query' }, refusal, requestId))
}

function send(response: ServerResponse, reply: Reply): void {
  response.writeHead(reply.status, { ...reply.headers, 'content-length': Buffer.byteLength(reply.body) })
  response.end(reply.body)
}
