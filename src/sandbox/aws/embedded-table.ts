import type { AddressInfo } from 'node:net'
import { listen } from './listen.js'

/** A DynamoDB in this process: dynalite, in memory. `close` drops its tables. */
export interface EmbeddedTable {
  readonly endpoint: string
  close(): Promise<void>
}

/** Starts dynalite on a free loopback port; tables are made and deleted at once. */
export async function startEmbeddedTable(): Promise<EmbeddedTable> {
  const { default: dynalite } = await import('dynalite')
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 })
  await listen(server, 0)
  const { port } = server.address() as AddressInfo
  return {
    endpoint: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()))
        server.closeAllConnections()
      }),
  }
}
