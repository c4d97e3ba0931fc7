import { Agent, request as httpRequest } from 'node:http'
import type { WireRequest } from './identify-call.js'
import type { Reply } from './write-reply.js'

const PASSED = ['authorization', 'content-type', 'x-amz-target', 'x-amz-date', 'x-amz-security-token'] as const

/** Passes requests on to another HTTP endpoint over kept connections. */
export interface Forwarder {
  readonly forward: (endpoint: string, request: WireRequest) => Promise<Reply>
  readonly close: () => void
}

/** Requests go with their body and the headers of AWS's protocols; answers come back as they are. Rejects when unreachable. */
export function createForwarder(): Forwarder {
  const agent = new Agent({ keepAlive: true })
  return {
    forward: (endpoint, request) => send(agent, endpoint, request),
    close: () => agent.destroy(),
  }
}

function send(agent: Agent, endpoint: string, request: WireRequest): Promise<Reply> {
  const headers: Record<string, string | number> = { 'content-length': request.body.length }
  for (const name of PASSED) {
    const value = request.headers[name]
    if (value !== undefined) headers[name] = value
  }
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(endpoint, { method: request.method, path: '/', headers, agent }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('error', reject)
      answer.on('end', () => {
        const kept = Object.entries(answer.headers).filter(([name]) => /^(content-type|x-amz.*)$/.test(name))
        const replyHeaders = Object.fromEntries(kept.map(([name, value]) => [name, String(value)]))
        resolve({ status: answer.statusCode ?? 500, headers: replyHeaders, body: Buffer.concat(chunks) })
      })
    })
    outgoing.on('error', reject)
    outgoing.end(request.body)
  })
}
