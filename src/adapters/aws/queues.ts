import type { connectSqs } from './calls/sqs.js'
import { connecting, type SurroundingsOptions, short } from './connection.js'

export type Queues = (region: string) => Promise<ReturnType<typeof connectSqs>>

/** The queues that a function writes to, connected to when first asked for. */
export function queuesIn(options: SurroundingsOptions): Queues {
  return connecting(short(options), async () => (await import('./calls/sqs.js')).connectSqs)
}
