import type { Server } from 'node:http'
import { TrimtabError } from '../../core/model/errors.js'

const KEEP_ALIVE_MS = 600_000

/**
 * Listens on 127.0.0.1; resolves when connections are taken. Port 0 is any free one. Rejects when the port is taken.
 * Idle connections are kept for ten minutes: with Node's five seconds a client's kept socket may be closed in its hands.
 */
export function listen(server: Server, port: number): Promise<void> {
  server.keepAliveTimeout = KEEP_ALIVE_MS
  return new Promise((resolve, reject) => {
    const refuse = ({ message }: Error) =>
      reject(new TrimtabError('usage', `listening on 127.0.0.1: expected a free port, got ${port} (${message})`))
    server.once('error', refuse)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', refuse)
      resolve()
    })
  })
}
