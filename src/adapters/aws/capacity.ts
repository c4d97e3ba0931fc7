import { known } from '../../core/model/fact.js'
import type { Group } from '../../core/model/group.js'
import type { CapacityWriter } from '../../ports.js'
import { expected, factOf } from './answers.js'
import type { AwsClients } from './clients.js'
import { splitGroupKey } from './group-key.js'
import { readStack, stackCall, stackOf } from './read-stack.js'

/** The only live writes: absolute values of one attribute each, so that a repeated write changes nothing more. */
export function createCapacityWriter(clients: AwsClients): CapacityWriter {
  return {
    setMinSize: async (groupKey, minSize) => {
      const { region, name } = splitGroupKey(groupKey)
      const autoScaling = await clients.autoScaling(region)
      await autoScaling.updateAutoScalingGroup({ AutoScalingGroupName: name, MinSize: minSize })
    },
    setDesiredCapacity: async (groupKey, desiredCapacity) => {
      const { region, name } = splitGroupKey(groupKey)
      const autoScaling = await clients.autoScaling(region)
      await autoScaling.setDesiredCapacity({
        AutoScalingGroupName: name,
        DesiredCapacity: desiredCapacity,
        HonorCooldown: true,
      })
    },
    stackUpdateInProgress: async (group) => {
      const stack = stackOf(group)
      return stack === undefined ? known(false) : factOf(readInProgress(clients, group, stack))
    },
  }
}

/** Every status that ends so changes resources, but for a change set that nobody has executed yet. */
async function readInProgress(clients: AwsClients, { region }: Group, stack: string): Promise<boolean> {
  const { StackStatus } = await readStack(clients, region, stack)
  const status = expected(stackCall, 'StackStatus', StackStatus)
  return status.endsWith('_IN_PROGRESS') && status !== 'REVIEW_IN_PROGRESS'
}
