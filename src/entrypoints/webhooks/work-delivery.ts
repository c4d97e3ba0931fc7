import { setTimeout as wait } from 'node:timers/promises'
import type { Delivery } from '../../core/commands/delivery.js'
import { TrimtabError } from '../../core/model/errors.js'
import type { Journal } from '../../ports.js'

export interface DeliveryWork {
  /** Does the work of one delivery; it may be called again with the same one. */
  readonly work: (delivery: Delivery) => Promise<'done' | 'known' | 'busy'>
  readonly journal: Journal
  /** Waits before each further try; as many tries as there are waits, and one. */
  readonly retryDelaysMs: readonly number[]
}

/**
 * Works on one delivery until it is done. A failed or busy one is tried again, unless that cannot help; what is given up
 * is in the journal. Never throws.
 */
export async function workDelivery(
  { work, journal, retryDelaysMs }: DeliveryWork,
  delivery: Delivery,
): Promise<'finished' | 'given-up'> {
  for (const delayMs of [...retryDelaysMs, undefined]) {
    const outcome = await workOnce({ work, journal }, delivery)
    if (outcome !== 'again' || delayMs === undefined) return outcome === 'finished' ? 'finished' : 'given-up'
    await wait(delayMs)
  }
  return 'given-up'
}

async function workOnce(
  { work, journal }: Pick<DeliveryWork, 'work' | 'journal'>,
  delivery: Delivery,
): Promise<'finished' | 'again' | 'given-up'> {
  try {
    const outcome = await work(delivery)
    journal.outcome('delivery handled', { delivery: delivery.id, kind: delivery.kind, outcome })
    return outcome === 'busy' ? 'again' : 'finished'
  } catch (error) {
    journal.failure('delivery failed', error, { delivery: delivery.id, kind: delivery.kind })
    return isWorthRetrying(error) ? 'again' : 'given-up'
  }
}

/** What is denied, misconfigured or gone stays so; anything else may pass. */
const lastingCodes: readonly string[] = ['credentials', 'permission', 'configuration', 'not-found', 'usage']

function isWorthRetrying(error: unknown): boolean {
  return !(error instanceof TrimtabError) || !lastingCodes.includes(error.code)
}
