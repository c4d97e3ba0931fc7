import type { Delivery } from '../../core/commands/delivery.js'
import { parseCommand } from '../../core/commands/parse-command.js'
import type { Recommendation } from '../../core/model/recommendation.js'
import { dayMs } from '../../core/model/units.js'
import type { CodeHost, Deps } from '../deps.js'
import { reconcileProposal } from '../engine/reconcile-proposal.js'
import { answerCommand } from './answer-command.js'

/** GitHub redelivers for up to three days, with the same id. */
const rememberedMs = 7 * dayMs
const leaseMs = 5 * 60_000

/**
 * Does the work of one delivery. It is done when the work is finished, not when it was seen: a delivery that failed or
 * crashed half-way is done again, and one that was finished is not.
 */
export async function handleDelivery(
  deps: Deps,
  host: CodeHost,
  delivery: Delivery,
): Promise<'done' | 'known' | 'busy'> {
  const key = `delivery#${delivery.id}`
  if (await deps.notebook.read(key)) return 'known'
  const lease = await deps.leases.acquire(key, deps.owner, leaseMs)
  if (!lease) return 'busy'

  const recommendation = await recommendationOf(deps, delivery.repository, delivery.number)
  if (recommendation) await act(deps, host, delivery, recommendation)

  await deps.notebook.write(
    key,
    { at: deps.clock.now().toISOString() },
    new Date(deps.clock.now().getTime() + rememberedMs),
  )
  await deps.leases.release(lease)
  return 'done'
}

async function act(deps: Deps, host: CodeHost, delivery: Delivery, recommendation: Recommendation): Promise<void> {
  if (delivery.kind === 'closed') {
    await reconcileProposal(deps, host, recommendation, delivery)
    return
  }
  if (delivery.byBot) return
  const command = parseCommand(delivery.body)
  if (command) await answerCommand(deps, host, { delivery, command, recommendation })
}

async function recommendationOf(
  deps: Pick<Deps, 'recommendations'>,
  repository: string,
  number: number,
): Promise<Recommendation | undefined> {
  const all = await deps.recommendations.list({ limit: Number.POSITIVE_INFINITY })
  return all.find(({ change }) =>
    [change.pullRequest, change.issue, change.writeBack].some(
      (ref) => ref?.repository === repository && ref.number === number,
    ),
  )
}
