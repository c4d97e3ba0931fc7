import { setTimeout as wait } from 'node:timers/promises'
import type { Delivery } from '../../core/commands/delivery.js'
import { TrimtabError } from '../../core/model/errors.js'
import type { Journal } from '../../ports.js'

export interface DeliveryQueueOptions {
  /** Does the work of one delivery; it may be called again with the same one. */
  readonly work: (delivery: Delivery) => Promise<'done' | 'known' | 'busy'>
  readonly journal: Journal
  /** Waits before each further try; as many tries as there are waits, and one. */
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
 * One delivery after the other, in the order in which they came. A failed or busy one is tried again; what is given up
 * is in the journal, and the next scheduled run finds out by itself what a lost webhook would have said.
 */
export function createDeliveryQueue(options: DeliveryQueueOptions): DeliveryQueue {
  const { work, journal, retryDelaysMs = usualDelaysMs } = options
  let last: Promise<void> = Promise.resolve()

  async function tryUntilDone(delivery: Delivery): Promise<void> {
    for (const delayMs of [...retryDelaysMs, undefined]) {
      const outcome = await workOnce(delivery)
      if (outcome === 'finished' || delayMs === undefined) return
      await wait(delayMs)
    }
  }

  async function workOnce(delivery: Delivery): Promise<'finished' | 'again'> {
    try {
      const outcome = await work(delivery)
      journal.outcome('delivery handled', { delivery: delivery.id, kind: delivery.kind, outcome })
      return outcome === 'busy' ? 'again' : 'finished'
    } catch (error) {
      journal.failure('delivery failed', error, { delivery: delivery.id, kind: delivery.kind })
      return isWorthRetrying(error) ? 'again' : 'finished'
    }
  }

  return {
    add(delivery) {
      last = last.then(() => tryUntilDone(delivery))
    },
    async idle() {
      let seen: Promise<void> | undefined
      while (seen !== last) {
        seen = last
        await seen
      }
    },
  }
}

/** What is denied, misconfigured or gone stays so; anything else may pass. */
const lastingCodes: readonly string[] = ['credentials', 'permission', 'configuration', 'not-found', 'usage']

function isWorthRetrying(error: unknown): boolean {
  return !(error instanceof TrimtabError) || !lastingCodes.includes(error.code)
}
