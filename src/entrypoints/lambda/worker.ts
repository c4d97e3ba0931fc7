import { z } from 'zod'
import { TrimtabError } from '../../core/model/errors.js'
import { handleDelivery } from '../../workflows/deliveries/handle-delivery.js'
import type { CodeHost, Deps } from '../../workflows/deps.js'
import { timeIsUp } from '../../workflows/time-up.js'
import { readQueuedDelivery } from '../webhooks/queued-delivery.js'
import { workDelivery } from '../webhooks/work-delivery.js'
import { wireFunction } from './wire-function.js'

const sqsBatch = z.object({
  Records: z.array(z.object({ messageId: z.string(), body: z.string(), eventSource: z.literal('aws:sqs') })).min(1),
})
type Message = z.output<typeof sqsBatch>['Records'][number]

/** Messages that go back to the queue; the others are done. */
interface BatchAnswer {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[]
}

/** Short waits only: what takes longer goes back to the queue. */
const retryDelaysMs = [1_000, 5_000]

/** Works on the deliveries of a batch one after the other. A bad message fails alone, and a delivery is acted on once. */
export const handler = wireFunction({
  name: 'worker',
  event: sqsBatch,
  expects: 'a batch of an SQS queue, {"Records":[{"messageId","body","eventSource":"aws:sqs"}, …]}',
  reserveMs: 60_000,
  work: async (deps, { Records }): Promise<BatchAnswer> => {
    const { host } = deps
    if (!host)
      throw new TrimtabError(
        'configuration',
        'connecting to GitHub: put APP_ID and PRIVATE_KEY of the GitHub App into the secret that TRIMTAB_SECRET names',
      )
    const failed: Message[] = []
    for (const message of Records) if (!(await isDone(deps, host, message))) failed.push(message)
    return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) }
  },
})

async function isDone(deps: Deps, host: CodeHost, { messageId, body }: Message): Promise<boolean> {
  if (timeIsUp(deps)) return false
  try {
    const delivery = readQueuedDelivery(body)
    const work = () => handleDelivery(deps, host, delivery)
    return (await workDelivery({ work, journal: deps.journal, retryDelaysMs }, delivery)) === 'finished'
  } catch (error) {
    deps.journal.failure('message could not be read', error, { messageId })
    return false
  }
}
