import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { usageNames } from '../../core/model/usage.js'
import type { Meter } from '../../ports/usage.js'

/** The operations that AWS bills by units, and of which kind. */
const billed: Readonly<Record<string, 'readUnits' | 'writeUnits'>> = {
  GetItem: 'readUnits',
  BatchGetItem: 'readUnits',
  Query: 'readUnits',
  Scan: 'readUnits',
  PutItem: 'writeUnits',
  UpdateItem: 'writeUnits',
  DeleteItem: 'writeUnits',
  BatchWriteItem: 'writeUnits',
}

interface Consumed {
  readonly CapacityUnits?: number
}

interface Args {
  readonly input: Readonly<Record<string, unknown>>
}

interface Answer {
  readonly output: { readonly ConsumedCapacity?: Consumed | readonly Consumed[] }
}

/** Lets a client count its calls and the units that the answers say they took. A refused write's units are not told. */
export function countUnits(client: DynamoDBClient, meter: Pick<Meter, 'count'>): DynamoDBClient {
  const counting =
    (next: (args: Args) => Promise<Answer>, context: { readonly commandName?: string }) => async (args: Args) => {
      const operation = (context.commandName ?? '').replace(/Command$/, '')
      const kind = billed[operation]
      meter.count(`dynamodb:${operation}`)
      if (!kind) return next(args)
      const answer = await next({ ...args, input: { ...args.input, ReturnConsumedCapacity: 'TOTAL' } })
      const consumed = [answer.output.ConsumedCapacity ?? []].flat() as readonly Consumed[]
      meter.count(
        usageNames[kind],
        consumed.reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0),
      )
      return answer
    }
  client.middlewareStack.add(counting as never, { step: 'initialize', name: 'countUnits' })
  return client
}
