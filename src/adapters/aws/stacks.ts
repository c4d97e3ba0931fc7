import { known } from '../../core/model/fact.js'
import type { Stacks } from '../../ports/stacks.js'
import { factOf } from './answers.js'
import type { AwsClients } from './clients.js'
import { readStack, stackOf } from './read-stack.js'

/** Reads the stacks that own groups. A nested stack is given its parameters by the outermost one around it. */
export function createStacks(clients: AwsClients): Stacks {
  return {
    parameters: async (group) => {
      const stack = stackOf(group)
      return stack === undefined ? known(undefined) : factOf(parametersOf(clients, group.region, stack))
    },
  }
}

/** A resolved value (of an SSM parameter, say) is never what a template or a parameter file says: the given one is. */
async function parametersOf(clients: AwsClients, region: string, name: string) {
  const stack = await readStack(clients, region, name)
  const outermost = stack.RootId === undefined ? stack : await readStack(clients, region, stack.RootId)
  const given = (outermost.Parameters ?? []).flatMap(({ ParameterKey, ParameterValue }) =>
    ParameterKey === undefined || ParameterValue === undefined ? [] : [[ParameterKey, ParameterValue] as const],
  )
  return Object.fromEntries(given)
}
