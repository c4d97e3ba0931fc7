import type { Stack } from '@aws-sdk/client-cloudformation'
import { TrimtabError } from '../../core/model/errors.js'
import { listIn } from './answers.js'
import type { AwsClients } from './clients.js'

export const stackCall = 'cloudformation:DescribeStacks'

/** The stack's id, or its name, on a group that CloudFormation made; undefined on any other. */
export function stackOf({ tags }: { readonly tags: Readonly<Record<string, string>> }): string | undefined {
  return tags['aws:cloudformation:stack-id'] ?? tags['aws:cloudformation:stack-name']
}

/** One stack by its name or id. Throws `not-found` where nobody knows it. */
export async function readStack(clients: AwsClients, region: string, stack: string): Promise<Stack> {
  const cloudFormation = await clients.cloudFormation(region)
  const answer = await cloudFormation.describeStacks({ StackName: stack })
  const [found] = listIn(stackCall, answer, 'Stacks')
  if (found) return found
  throw new TrimtabError('not-found', `${stackCall} knows no stack ${stack} in ${region}.`, { call: stackCall })
}
