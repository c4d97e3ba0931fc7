import type { FaultRule, Faults } from './faults.js'
import { isRecord } from './read-json-input.js'
import type { Reply } from './write-reply.js'

/** Answers one admin path: gets the HTTP method, the parsed JSON body and the query, gives what is answered as JSON. May be async. */
export type AdminHandler = (method: string, body: unknown, query: URLSearchParams) => unknown

/** The path under which the stand-in's own routes lie, beside AWS's. They need no signature. */
export const ADMIN_PATH = '/_trimtab/'

/** The stand-in's own routes. `register` adds a path below `/_trimtab/` (`clock`), or replaces its handler. */
export interface Admin {
  readonly register: (path: string, handler: AdminHandler) => void
  readonly answer: (method: string, path: string, body: string) => Promise<Reply>
}

/** Starts with the given handlers by path. An unknown path is a 404, a body that is not JSON or a handler's throw a 400. */
export function createAdmin(handlers: Readonly<Record<string, AdminHandler>> = {}): Admin {
  const byPath = new Map(Object.entries(handlers))
  return {
    register: (path, handler) => {
      byPath.set(path, handler)
    },
    answer: async (method, path, body) => {
      const [name = '', query] = path.slice(ADMIN_PATH.length).split('?')
      const handler = byPath.get(name)
      if (handler === undefined) return json(404, { error: `no route ${name}`, routes: [...byPath.keys()] })
      try {
        const input: unknown = body.trim() === '' ? undefined : JSON.parse(body)
        const output: unknown = await handler(method, input, new URLSearchParams(query))
        return json(200, output ?? {})
      } catch (error) {
        return json(400, { error: error instanceof Error ? error.message : String(error) })
      }
    },
  }
}

function json(status: number, value: unknown): Reply {
  return { status, headers: { 'content-type': 'application/json' }, body: `${JSON.stringify(value)}\n` }
}

/** A handler for `faults`: POST sets the rule in the body (see FaultRule), DELETE clears them all. */
export function faultsHandler(faults: Faults): AdminHandler {
  return (method, body) => {
    if (method === 'DELETE') {
      faults.clear()
      return { faults: 'cleared' }
    }
    if (method !== 'POST' || !isRule(body)) {
      throw new Error('setting a fault: expected POST with {"operation": "service:Operation", "kind": …}, or DELETE')
    }
    faults.set(body)
    return body
  }
}

function isRule(body: unknown): body is FaultRule {
  return isRecord(body) && typeof body.operation === 'string' && typeof body.kind === 'string'
}
