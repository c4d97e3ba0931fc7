import type { Operations } from '../aws/operation.js'
import type { World } from '../world/world.js'
import { alarmOperations } from './alarm-operations.js'
import { changeGroupOperations } from './change-groups.js'
import { costOperations } from './cost-operations.js'
import { describeGroupOperations } from './describe-groups.js'
import { describeScalingOperations } from './describe-scaling.js'
import { instanceOperations } from './instance-operations.js'
import { instanceTypeOperations } from './instance-type-operations.js'
import { launchTemplateOperations } from './launch-template-operations.js'
import { loadBalancerOperations } from './load-balancer-operations.js'
import { logOperations } from './log-operations.js'
import { metricOperations } from './metric-operations.js'
import { notificationOperations, type PublishedMessage } from './notification-operations.js'
import { pricingOperations } from './pricing-operations.js'
import { queueOperations } from './queue-operations.js'
import { secretOperations } from './secret-operations.js'
import { stackOperations } from './stack-operations.js'

/**
 * The AWS operations that Trimtab calls, over one world. `messages` collects what is published to topics; `address` is
 * where the world is served, for the addresses of queues.
 */
export function createOperations(
  world: World,
  messages: PublishedMessage[] = [],
  address: () => string = () => 'https://sqs.us-east-1.amazonaws.com',
): Operations {
  return {
    ...describeGroupOperations(world),
    ...describeScalingOperations(world),
    ...changeGroupOperations(world),
    ...metricOperations(world),
    ...alarmOperations(world),
    ...instanceTypeOperations(world),
    ...launchTemplateOperations(world),
    ...instanceOperations(world),
    ...loadBalancerOperations(world),
    ...costOperations(world),
    ...pricingOperations(),
    ...notificationOperations(world, messages),
    ...logOperations(world),
    ...queueOperations(world, address),
    ...secretOperations(world),
    ...stackOperations(world),
    'sts:GetCallerIdentity': (_input, caller) => ({
      Account: caller.account,
      UserId: caller.accessKeyId,
      Arn: `arn:aws:iam::${caller.account}:user/trimtab`,
    }),
  }
}
