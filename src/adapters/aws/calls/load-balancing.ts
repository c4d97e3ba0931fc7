import {
  DescribeTargetGroupsCommand,
  type DescribeTargetGroupsCommandInput,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import type { Asking, ClientSettings } from '../client-settings.js'
import { nameEndpoint } from '../name-endpoint.js'

/** The Elastic Load Balancing calls that Trimtab makes. */
export function connectLoadBalancing(settings: ClientSettings, asking: Asking) {
  const client = nameEndpoint(new ElasticLoadBalancingV2Client(settings))
  return {
    describeTargetGroups: (input: DescribeTargetGroupsCommandInput) =>
      asking('elasticloadbalancing:DescribeTargetGroups', () => client.send(new DescribeTargetGroupsCommand(input))),
  }
}
