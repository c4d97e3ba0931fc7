import { createHash } from 'node:crypto'
import { AwsError } from '../aws/aws-error.js'
import type { Caller, Operations } from '../aws/operation.js'
import { uuidAt } from '../world/identifiers.js'
import type { World } from '../world/world.js'
import { type Members, numberOf, recordOf, textOf } from './read-members.js'

interface Message {
  readonly id: string
  readonly body: string
  readonly sentAtMs: number
  visibleFromMs: number
  receives: number
}

interface Queue {
  readonly visibilityMs: number
  readonly messages: Map<string, Message>
}

/** SQS as far as one queue with one reader goes: a message that was received is hidden for a while, or deleted. */
export function queueOperations(world: World, address: () => string): Operations {
  const queues = new Map<string, Queue>()
  let sent = 0
  const urlOf = (name: string, { account }: Caller) => `${address()}/${account}/${name}`
  const queueOf = (input: Members): Queue => {
    const queue = queues.get(textOf(input, 'QueueUrl') ?? '')
    if (queue === undefined) throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.')
    return queue
  }
  return {
    'sqs:CreateQueue': (input, caller) => {
      const QueueUrl = urlOf(textOf(input, 'QueueName') ?? '', caller)
      const seconds = Number(textOf(recordOf(input, 'Attributes') ?? {}, 'VisibilityTimeout') ?? 30)
      if (!queues.has(QueueUrl)) queues.set(QueueUrl, { visibilityMs: seconds * 1000, messages: new Map() })
      return { QueueUrl }
    },
    'sqs:SendMessage': (input) => {
      const queue = queueOf(input)
      const body = textOf(input, 'MessageBody') ?? ''
      sent += 1
      const id = uuidAt(world.seed, 60, sent)
      queue.messages.set(id, { id, body, sentAtMs: world.now(), visibleFromMs: world.now(), receives: 0 })
      return { MessageId: id, MD5OfMessageBody: md5(body) }
    },
    'sqs:ReceiveMessage': (input) => {
      const queue = queueOf(input)
      const visible = [...queue.messages.values()].filter(({ visibleFromMs }) => visibleFromMs <= world.now())
      const received = visible.slice(0, numberOf(input, 'MaxNumberOfMessages') ?? 1)
      for (const message of received) {
        message.receives += 1
        message.visibleFromMs = world.now() + queue.visibilityMs
      }
      return { Messages: received.map(asReceived) }
    },
    'sqs:DeleteMessage': (input) => {
      queueOf(input).messages.delete(textOf(input, 'ReceiptHandle') ?? '')
    },
  }
}

/** The handle stands for the message: one reader deletes what it has received. */
function asReceived({ id, body, sentAtMs, receives }: Message) {
  return {
    MessageId: id,
    ReceiptHandle: id,
    Body: body,
    MD5OfBody: md5(body),
    Attributes: { SentTimestamp: String(sentAtMs), ApproximateReceiveCount: String(receives) },
  }
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex')
}
