import { AwsError } from '../aws/aws-error.js'
import type { Caller, Operations } from '../aws/operation.js'
import type { GroupView, World } from '../world/world.js'
import { textOf } from './read-members.js'

const stackTag = 'aws:cloudformation:stack-name'

/** CloudFormation as far as groups belong to stacks (their tag says which): DescribeStacks. No update ever runs here. */
export function stackOperations(world: World): Operations {
  return {
    'cloudformation:DescribeStacks': (input, caller) => {
      const wanted = textOf(input, 'StackName')
      const stacks = new Map<string, GroupView>()
      for (const group of world.groups(caller)) {
        const name = group.tags.get(stackTag)
        if (name !== undefined && !stacks.has(name)) stacks.set(name, group)
      }
      const found = [...stacks].filter(
        ([name, group]) => wanted === undefined || wanted === name || wanted === stackId(caller, name, group),
      )
      if (wanted !== undefined && found.length === 0) {
        throw new AwsError('ValidationError', `Stack with id ${wanted} does not exist`)
      }
      return {
        Stacks: found.map(([StackName, group]) => ({
          StackId: stackId(caller, StackName, group),
          StackName,
          StackStatus: 'UPDATE_COMPLETE',
          CreationTime: new Date(group.createdAtMs),
          Capabilities: [],
          Outputs: [],
          Parameters: [],
          Tags: [],
        })),
      }
    },
  }
}

function stackId({ account, region }: Caller, name: string, group: GroupView): string {
  return group.tags.get('aws:cloudformation:stack-id') ?? `arn:aws:cloudformation:${region}:${account}:stack/${name}/1`
}
