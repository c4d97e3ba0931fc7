import type { Caller, Operations } from '../../../src/sandbox/aws/operation.js'
import { createOperations } from '../../../src/sandbox/aws-operations/create-operations.js'
import type { PublishedMessage } from '../../../src/sandbox/aws-operations/notification-operations.js'
import type { World } from '../../../src/sandbox/world/world.js'

export const caller: Caller = { account: '123456789012', region: 'us-east-1', accessKeyId: 'AKIDTEST' }

type Input = Parameters<Operations[string]>[0]

/** Calls operations of one world as the server does. */
export function callsOn(world: World, messages: PublishedMessage[] = []) {
  const operations = createOperations(world, messages)
  return <Output>(name: string, input: Input = {}, by: Caller = caller): Output => {
    const operation = operations[name]
    if (operation === undefined) throw new Error(`no operation ${name}`)
    return operation(input, by) as Output
  }
}

export function refusal(act: () => unknown): { readonly code: string; readonly message: string } {
  try {
    act()
  } catch (error) {
    const { code, message } = error as { readonly code: string; readonly message: string }
    return { code, message }
  }
  throw new Error('nothing was refused')
}
