import { z } from 'zod'
import type { Delivery } from '../../core/commands/delivery.js'
import { TrimtabError } from '../../core/model/errors.js'

const common = { id: z.string(), repository: z.string(), number: z.int() }

const queued: z.ZodType<Delivery> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('comment'),
    ...common,
    commentId: z.int(),
    author: z.string(),
    byBot: z.boolean(),
    body: z.string(),
  }),
  z.object({ kind: z.literal('closed'), ...common, merged: z.boolean(), by: z.string(), at: z.string() }),
])

/** The delivery in a message of the queue, as the receiver of webhooks wrote it. Throws `usage` for anything else. */
export function readQueuedDelivery(message: string): Delivery {
  const parsed = queued.safeParse(parsedJson(message))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new TrimtabError(
    'usage',
    `reading a message of the queue: expected a delivery of kind comment or closed, got ${message.length} characters that are none (${issue?.path.join('.') || 'the whole'}: ${issue?.message})`,
  )
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
