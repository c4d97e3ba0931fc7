import { createHash, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { type Answer, type Call, problem } from './exchange.js'
import type { Fault, Faults } from './faults.js'
import { nameRoute } from './name-route.js'

/** A call as it is counted: `route` is the path template of GitHub's reference. */
export interface CountedCall {
  readonly method: string
  readonly route: string
  readonly write: boolean
}

/** The HTTP side of the stand-in on loopback. */
export interface FrontDoor {
  readonly url: string
  /** `github:METHOD route` to the number of calls that have come in, answered or not. */
  readonly calls: ReadonlyMap<string, number>
  /** Calls that come before this wait for it. */
  open(handle: (call: Call) => Promise<Answer>): void
  close(): Promise<void>
}

/** Listens on 127.0.0.1; port 0 takes a free one. `onCall` runs when a call's effect is done and its answer not sent. */
export async function openFrontDoor(
  port: number,
  faults: Faults,
  onCall: (call: CountedCall) => unknown,
): Promise<FrontDoor> {
  const calls = new Map<string, number>()
  let open: (handle: (call: Call) => Promise<Answer>) => void = () => undefined
  const ready = new Promise<(call: Call) => Promise<Answer>>((resolve) => {
    open = resolve
  })
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const call = await readCall(request)
    const { route } = nameRoute(call.path)
    const name = `github:${call.method} ${route}`
    calls.set(name, (calls.get(name) ?? 0) + 1)
    const fault = faults.take(call.method, route)
    const write = call.method !== 'GET' && call.method !== 'HEAD'
    const handle = await ready
    const answer = await faulty(fault, async () => {
      const given = await handle(call).catch((error) => problem(500, `stand-in: ${String(error)}`))
      await onCall({ method: call.method, route, write })
      return given
    })
    if (answer === undefined) response.destroy()
    else sendAnswer(call, answer, response)
  }
  // A caller that died in the middle of its request must not take the world with it.
  const server = createServer((request, response) => void serve(request, response).catch(() => response.destroy()))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { url, calls, open, close: () => closeServer(server) }
}

const SECONDARY_LIMIT =
  'You have exceeded a secondary rate limit. Please wait a few minutes before you try again. If you reach out to GitHub Support for help, please include the request ID.'

/** The answer under a fault; undefined where the connection is cut. */
async function faulty(fault: Fault | undefined, work: () => Promise<Answer>): Promise<Answer | undefined> {
  switch (fault?.kind) {
    case undefined:
      return work()
    case 'rateLimited': {
      const limited = problem(403, SECONDARY_LIMIT)
      return { ...limited, headers: { ...limited.headers, 'retry-after': `${fault.retryAfterSeconds ?? 1}` } }
    }
    case 'serverError':
      return problem(502, 'Server Error')
    case 'cutConnection':
      return undefined
    case 'cutAfterEffect':
      await work()
      return undefined
    case 'slow':
      await pause(fault.delayMs ?? 200)
      return work()
  }
}

async function readCall(request: IncomingMessage): Promise<Call> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const [path = '/', ...query] = (request.url ?? '/').split('?')
  const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)] as const)
  return {
    method: request.method ?? 'GET',
    path,
    query: new URLSearchParams(query.join('?')),
    headers: Object.fromEntries(headers),
    body: Buffer.concat(chunks),
  }
}

/** Sends with an ETag; a GET that already has this version gets 304. */
function sendAnswer(call: Call, answer: Answer, response: ServerResponse): void {
  const request = { 'x-github-request-id': randomUUID(), 'x-github-api-version-selected': '2022-11-28' }
  const etag = `W/"${createHash('sha256').update(answer.body).digest('hex')}"`
  const tagged = call.method === 'GET' && answer.status === 200
  const headers = { ...answer.headers, ...request, ...(tagged ? { etag } : {}) }
  if (tagged && call.headers['if-none-match'] === etag) {
    response.writeHead(304, { ...request, etag }).end()
    return
  }
  const length = answer.status === 204 ? {} : { 'content-length': `${answer.body.length}` }
  response.writeHead(answer.status, { ...headers, ...length }).end(answer.body)
}

function closeServer(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve, reject) => server.close((error) => (error ? reject(error) : resolve())))
}
