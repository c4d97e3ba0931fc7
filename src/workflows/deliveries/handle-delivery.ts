import { commandOf, isHeard } from '../../core/commands/command-of.js'
import type { Delivery } from '../../core/commands/delivery.js'
import type { Command } from '../../core/commands/parse-command.js'
import type { Recommendation } from '../../core/model/recommendation.js'
import { dayMs, minuteMs } from '../../core/model/units.js'
import type { CodeHost, Deps } from '../deps.js'
import { followWriteBack } from '../engine/follow-write-back.js'
import { reconcileProposal } from '../engine/reconcile-proposal.js'
import { answerCommand } from './answer-command.js'

/** GitHub redelivers for up to three days, with the same id. */
const rememberedMs = 7 * dayMs
const leaseMs = 5 * minuteMs

/**
 * Does the work of one delivery. It is done when the work is finished, not when it was seen: a delivery that failed or
 * crashed half-way is done again, and one that was finished is not.
 */
export async function handleDelivery(
  deps: Deps,
  host: CodeHost,
  delivery: Delivery,
): Promise<'done' | 'known' | 'busy'> {
  if (!isHeard(delivery)) return 'done'
  const command = commandOf(delivery)
  const key = `delivery#${delivery.id}`
  if (await deps.notebook.read(key)) return 'known'
  const lease = await deps.leases.acquire(key, deps.owner, leaseMs)
  if (!lease) return 'busy'
  try {
    if (await deps.notebook.read(key)) return 'known'
    const recommendation = await recommendationOf(deps, delivery.repository, delivery.number)
    if (recommendation) await act(deps, host, delivery, recommendation, command)
    const now = deps.clock.now()
    await deps.notebook.write(key, { at: now.toISOString() }, new Date(now.getTime() + rememberedMs))
    return 'done'
  } finally {
    await deps.leases.release(lease)
  }
}

async function act(
  deps: Deps,
  host: CodeHost,
  delivery: Delivery,
  recommendation: Recommendation,
  command: Command | undefined,
): Promise<void> {
  if (delivery.kind === 'comment') {
    if (command) await answerCommand(deps, host, { delivery, command, recommendation })
    return
  }
  if (recommendation.change.writeBack?.number === delivery.number) await followWriteBack(deps, host, recommendation)
  else await reconcileProposal(deps, host, recommendation, delivery)
}

/** The change of a page, as it is stored now: an index may lag behind. */
async function recommendationOf(
  deps: Pick<Deps, 'recommendations'>,
  repository: string,
  number: number,
): Promise<Recommendation | undefined> {
  const all = await deps.recommendations.list({ limit: Number.POSITIVE_INFINITY })
  const listed = all.find(({ change }) =>
    [change.pullRequest, change.issue, change.writeBack].some(
      (ref) => ref?.repository === repository && ref.number === number,
    ),
  )
  return listed && ((await deps.recommendations.find(listed.id)) ?? listed)
}
