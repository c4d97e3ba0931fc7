import type { Delivery } from '../../core/commands/delivery.js'
import { type DeliveryWork, workDelivery } from '../webhooks/work-delivery.js'

export interface DeliveryQueueOptions extends Pick<DeliveryWork, 'work' | 'journal'> {
  readonly retryDelaysMs?: readonly number[]
}

export interface DeliveryQueue {
  /** Never throws and never waits. */
  add(delivery: Delivery): void
  /** Until everything that was added is done or given up. */
  idle(): Promise<void>
}

const usualDelaysMs = [1_000, 5_000, 30_000]

/**
 * One delivery after the other, in the order in which they came. What is given up the next scheduled run finds out by
 * itself.
 */
export function createDeliveryQueue({
  work,
  journal,
  retryDelaysMs = usualDelaysMs,
}: DeliveryQueueOptions): DeliveryQueue {
  let last: Promise<unknown> = Promise.resolve()
  return {
    add(delivery) {
      last = last.then(() => workDelivery({ work, journal, retryDelaysMs }, delivery))
    },
    async idle() {
      let seen: Promise<unknown> | undefined
      while (seen !== last) {
        seen = last
        await seen
      }
    },
  }
}
