import { randomBytes } from 'node:crypto'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createEmulator } from 'emulate'
import { type Answer, type Call, jsonOf } from './exchange.js'

/** `emulate`'s GitHub, reachable only from this process. */
export interface EmulatedGitHub {
  /** Hands a caller's request on, with the caller's own authorisation. */
  send(call: Call): Promise<Answer>
  /** Does a request as the organisation's owner. Throws on an answer that is not a success. */
  asOwner<T>(method: string, path: string, body?: unknown): Promise<T>
  /** Like `asOwner` with GET; undefined where there is nothing. */
  find<T>(path: string): Promise<T | undefined>
  close(): Promise<void>
}

/** What `emulate` is filled with at the start: its own seed format for the service `github`. */
export interface EmulatedSeed {
  readonly users: readonly { readonly login: string }[]
  readonly orgs: readonly unknown[]
  readonly repos: readonly unknown[]
  readonly apps: readonly unknown[]
  readonly tokens: Readonly<Record<string, { readonly login: string }>>
}

/** `emulate` counts 5,000 calls a token and hour; our own must never run into that. */
const CALLS_FOR_A_TOKEN = 4_000

/**
 * Starts `emulate` behind a socket file. It would listen on every interface and takes no port 0, but passes `port`
 * straight on to `server.listen`, which takes a path as well. Unknown tokens act as the first user of the seed there.
 */
export async function emulateGitHub(baseUrl: string, seed: EmulatedSeed): Promise<EmulatedGitHub> {
  const socketPath = socketName()
  const { tokens, ...github } = seed
  const emulator = await createEmulator({
    service: 'github',
    port: socketPath as unknown as number,
    baseUrl,
    seed: { tokens: { ...tokens }, github },
  })
  const agent = new Agent({ keepAlive: true, maxSockets: 4 })
  const send = (call: Call) => exchange(agent, socketPath, new URL(baseUrl).host, call)
  const owner = ownerCalls(send)
  return {
    send,
    async asOwner<T>(method: string, path: string, body?: unknown) {
      const answer = await owner(method, path, body)
      if (answer.status < 300) return answer.status === 204 ? (undefined as T) : jsonOf<T>(answer)
      throw new Error(`GitHub stand-in: ${method} ${path} answered ${answer.status}: ${answer.body.toString('utf8')}`)
    },
    async find<T>(path: string) {
      const answer = await owner('GET', path)
      return answer.status < 300 ? jsonOf<T>(answer) : undefined
    },
    async close() {
      agent.destroy()
      await emulator.close()
    },
  }
}

function ownerCalls(send: (call: Call) => Promise<Answer>) {
  let token = ''
  let calls = 0
  return (method: string, path: string, body?: unknown): Promise<Answer> => {
    if (calls++ % CALLS_FOR_A_TOKEN === 0) token = `owner-${randomBytes(12).toString('hex')}`
    const [pathname = '', query] = path.split('?')
    return send({
      method,
      path: pathname,
      query: new URLSearchParams(query),
      headers: { authorization: `token ${token}`, 'content-type': 'application/json', accept: 'application/json' },
      body: body === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(body)),
    })
  }
}

function exchange(agent: Agent, socketPath: string, host: string, call: Call): Promise<Answer> {
  const query = call.query.size > 0 ? `?${call.query}` : ''
  const {
    'transfer-encoding': _,
    connection: __,
    'content-length': ___,
    'if-none-match': ____,
    ...passed
  } = call.headers
  const headers = { ...passed, host, ...(call.method === 'GET' ? {} : { 'content-length': `${call.body.length}` }) }
  return new Promise((resolve, reject) => {
    const sent = request(
      { agent, socketPath, method: call.method, path: `${call.path}${query}`, headers },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () => {
          const flat = Object.entries(response.headers).map(([name, value]) => [name, String(value)])
          const { 'transfer-encoding': _, connection: __, 'keep-alive': ___, ...rest } = Object.fromEntries(flat)
          resolve({ status: response.statusCode ?? 500, headers: rest, body: Buffer.concat(chunks) })
        })
      },
    )
    sent.on('error', reject)
    sent.end(call.method === 'GET' ? undefined : call.body)
  })
}

function socketName(): string {
  const name = `trimtab-github-${randomBytes(8).toString('hex')}`
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`)
}
