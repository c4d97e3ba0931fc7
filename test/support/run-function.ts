import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'

/** How an invocation ended: with an answer, or as one that Lambda counts as an error. */
export type Ended =
  | { readonly kind: 'answer'; readonly answer: unknown; readonly tookMs: number }
  | { readonly kind: 'error'; readonly errorType: string; readonly errorMessage: string }

/** A bundle as Lambda runs it: a process of its own, fed over the Runtime API. */
export interface RunningFunction {
  /** One event; `leftMs` is the time until Lambda would end it, by default 15 minutes. A retry has the same id. */
  invoke(event: unknown, options?: { readonly leftMs?: number; readonly requestId?: string }): Promise<Ended>
  /** The answer of an event that must not fail. */
  ask<T>(event: unknown, options?: { readonly leftMs?: number }): Promise<T>
  /** What the function has written so far: its own log group. */
  log(): string
  close(): Promise<void>
}

interface Invocation {
  readonly event: unknown
  readonly requestId: string
  readonly deadlineMs: number
  readonly end: (ended: Ended) => void
}

export interface FunctionOptions {
  /** Folder of the bundle. */
  readonly folder: string
  readonly name: string
  readonly environment: Readonly<Record<string, string>>
}

const runner = join(import.meta.dirname, 'lambda-runner.mjs')
const quarterOfAnHourMs = 900_000

/** Starts a Runtime API on loopback and the function under it. Nothing of the test's own environment is passed on. */
export async function runFunction({ folder, name, environment }: FunctionOptions): Promise<RunningFunction> {
  const waiting: Invocation[] = []
  const running = new Map<string, Invocation & { readonly startedAtMs: number }>()
  let asking: ServerResponse | undefined

  function hand(): void {
    const next = asking && waiting.shift()
    if (!next || !asking) return
    running.set(next.requestId, { ...next, startedAtMs: performance.now() })
    asking.writeHead(200, {
      'lambda-runtime-aws-request-id': next.requestId,
      'lambda-runtime-deadline-ms': String(next.deadlineMs),
      'lambda-runtime-invoked-function-arn': `arn:aws:lambda:us-east-1:123456789012:function:${name}`,
      'content-type': 'application/json',
    })
    asking.end(JSON.stringify(next.event))
    asking = undefined
  }

  async function hear(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, requestId = '', what] = /\/runtime\/(?:invocation\/)?([^/]+)(?:\/(\w+))?$/.exec(request.url ?? '') ?? []
    if (requestId === 'next') {
      asking = response
      return hand()
    }
    const said = (await json(request)) as { readonly errorType: string; readonly errorMessage: string }
    response.writeHead(202).end()
    const ended = running.get(requestId)
    running.delete(requestId)
    if (what === 'response') ended?.end({ kind: 'answer', answer: said, tookMs: performance.now() - ended.startedAtMs })
    else for (const one of ended ? [ended] : waiting.splice(0)) one.end({ kind: 'error', ...said })
  }

  const server = createServer((request, response) => void hear(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const child = spawn(process.execPath, [runner, join(folder, 'index.mjs')], {
    env: {
      ...environment,
      AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${port}`,
      AWS_LAMBDA_FUNCTION_NAME: name,
      AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
      AWS_LAMBDA_LOG_STREAM_NAME: '2026/11/23/[$LATEST]5d7f',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let log = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (log += String(chunk)))
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  void gone.then(() => {
    const dead = { kind: 'error', errorType: 'Runtime.ExitError', errorMessage: log.slice(-2_000) } as const
    for (const one of [...running.values(), ...waiting.splice(0)]) one.end(dead)
  })

  const invoke: RunningFunction['invoke'] = (event, { leftMs = quarterOfAnHourMs, requestId = randomUUID() } = {}) =>
    new Promise((end) => {
      waiting.push({ event, requestId, deadlineMs: Date.now() + leftMs, end })
      hand()
    })
  return {
    invoke,
    async ask<T>(event: unknown, options = {}) {
      const ended = await invoke(event, options)
      if (ended.kind === 'answer') return ended.answer as T
      throw new Error(`${name}: ${ended.errorType}: ${ended.errorMessage}`)
    },
    log: () => log,
    async close() {
      child.kill('SIGKILL')
      await gone
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
