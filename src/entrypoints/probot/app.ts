import type { Probot } from 'probot'
import { readEnvironment } from '../../config/environment.js'
import { readDelivery } from '../../core/commands/read-delivery.js'
import { TrimtabError } from '../../core/model/errors.js'
import { handleDelivery } from '../../workflows/deliveries/handle-delivery.js'
import { wire } from '../wire.js'
import { createDeliveryQueue } from './delivery-queue.js'

/** The events that a person's word comes in. */
export const heardEvents = ['issue_comment.created', 'pull_request.closed', 'issues.closed'] as const

/**
 * The Probot app, for `probot run`. Probot verifies the signature; the work is done in a queue, so that GitHub has its
 * answer at once. Everything outside is wired from the process environment when the app starts.
 */
export async function trimtabApp(probot: Pick<Probot, 'on'>): Promise<void> {
  const deps = await wire(readEnvironment(process.env), { table: 'required' })
  const { host } = deps
  if (!host) {
    throw new TrimtabError('configuration', 'starting the GitHub App: set APP_ID and PRIVATE_KEY or PRIVATE_KEY_PATH')
  }
  const queue = createDeliveryQueue({
    work: (delivery) => handleDelivery(deps, host, delivery),
    journal: deps.journal,
  })
  probot.on([...heardEvents], async ({ id, name, payload }) => {
    const delivery = readDelivery(id, name, payload)
    if (delivery) queue.add(delivery)
  })
}
