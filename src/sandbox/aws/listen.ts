import type { Server } from 'node:http'

/** Listens on 127.0.0.1; resolves when connections are taken. Port 0 is any free one. Rejects when the port is taken. */
export function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })
}
