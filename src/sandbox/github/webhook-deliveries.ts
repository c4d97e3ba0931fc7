import { createHmac, randomUUID } from 'node:crypto'
import type { JsonObject } from './exchange.js'

/** One event, before it is sent anywhere. */
export interface WebhookEvent {
  readonly event: string
  readonly payload: JsonObject
}

/** One line of the log: an event with what became of its last attempt. */
export interface Delivery extends WebhookEvent {
  /** `X-GitHub-Delivery`; a redelivery keeps it. */
  readonly id: string
  readonly attempts: number
  /** The receiver's status; undefined while nobody has answered. */
  readonly status?: number
}

/** The events of the world on their way to the app, in the order in which they happened, one after the other. */
export interface Deliveries {
  /** Sends from now on to this address; events before the first address are only logged. */
  send(url: string): void
  enqueue(event: WebhookEvent): void
  /** Sends one of the log again, under the same id, after what is already waiting. Throws for an unknown id. */
  redeliver(id: string): Promise<void>
  /** Returns once nothing waits, including what the receiver set off meanwhile. */
  settled(): Promise<void>
  readonly log: readonly Delivery[]
}

/** GitHub gives a receiver ten seconds. */
const TIMEOUT_MS = 10_000

/** Signs with this secret; `targetId` is the app's id. */
export function createDeliveries(secret: string, targetId: number): Deliveries {
  const log: Delivery[] = []
  let url: string | undefined
  let tail: Promise<void> = Promise.resolve()
  const attempt = async (index: number) => {
    const delivery = log[index]
    if (delivery === undefined || url === undefined) return
    const status = await post(url, secret, targetId, delivery)
    const { status: _, ...rest } = delivery
    log[index] = { ...rest, attempts: delivery.attempts + 1, ...(status === undefined ? {} : { status }) }
  }
  return {
    log,
    send(to) {
      url = to
    },
    enqueue(event) {
      const index = log.push({ ...event, id: randomUUID(), attempts: 0 }) - 1
      tail = tail.then(() => attempt(index))
    },
    async redeliver(id) {
      const index = log.findIndex((delivery) => delivery.id === id)
      if (index < 0) throw new Error(`GitHub stand-in: no delivery ${id} in the log`)
      tail = tail.then(() => attempt(index))
      await tail
    },
    async settled() {
      for (let seen = tail; ; seen = tail) {
        await seen
        if (seen === tail) return
      }
    },
  }
}

/** The receiver's status, or undefined where it could not be reached. */
async function post(url: string, secret: string, targetId: number, delivery: Delivery): Promise<number | undefined> {
  const body = JSON.stringify(delivery.payload)
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'GitHub-Hookshot/sandbox',
    'x-github-event': delivery.event,
    'x-github-delivery': delivery.id,
    'x-github-hook-id': '1',
    'x-github-hook-installation-target-id': `${targetId}`,
    'x-github-hook-installation-target-type': 'integration',
    'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
  }
  try {
    const response = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(TIMEOUT_MS) })
    await response.arrayBuffer()
    return response.status
  } catch {
    return undefined
  }
}
