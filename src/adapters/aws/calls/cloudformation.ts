import {
  CloudFormationClient,
  DescribeStacksCommand,
  type DescribeStacksCommandInput,
} from '@aws-sdk/client-cloudformation'
import type { Asking, ClientSettings } from '../client-settings.js'
import { nameEndpoint } from '../name-endpoint.js'

/** The CloudFormation calls that Trimtab makes. */
export function connectCloudFormation(settings: ClientSettings, asking: Asking) {
  const client = nameEndpoint(new CloudFormationClient(settings))
  return {
    describeStacks: (input: DescribeStacksCommandInput) =>
      asking('cloudformation:DescribeStacks', () => client.send(new DescribeStacksCommand(input))),
  }
}
