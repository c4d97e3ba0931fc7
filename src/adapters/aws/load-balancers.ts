import type { TargetGroup } from '@aws-sdk/client-elastic-load-balancing-v2'
import { TrimtabError } from '../../core/model/errors.js'
import { type Fact, known, unknown, unread } from '../../core/model/fact.js'
import { listIn } from './answers.js'
import type { AwsClients } from './clients.js'
import { chunksOf } from './pages.js'

/** How CloudWatch names a target group and its Application Load Balancer. */
export interface LoadBalancerDimensions {
  readonly TargetGroup: string
  readonly LoadBalancer: string
}

/** Target groups asked for in one call. */
const ARNS = 20

/**
 * The dimensions of each target group by ARN, or why there are none: network load balancers have no response times, and a
 * target group may stand behind no load balancer. One bad ARN never loses the others.
 */
export async function readLoadBalancers(
  clients: AwsClients,
  region: string,
  arns: readonly string[],
): Promise<ReadonlyMap<string, Fact<LoadBalancerDimensions>>> {
  const chunks = chunksOf([...new Set(arns)], ARNS)
  const parts = await Promise.all(chunks.map((chunk) => readChunk(clients, region, chunk)))
  return new Map(parts.flat())
}

type Found = readonly (readonly [string, Fact<LoadBalancerDimensions>])[]

async function readChunk(clients: AwsClients, region: string, arns: readonly string[]): Promise<Found> {
  try {
    const loadBalancing = await clients.loadBalancing(region)
    const answer = await loadBalancing.describeTargetGroups({ TargetGroupArns: [...arns] })
    const groups = listIn('elasticloadbalancing:DescribeTargetGroups', answer, 'TargetGroups')
    const byArn = new Map(groups.map((group) => [group.TargetGroupArn, group]))
    return arns.map((arn) => [arn, dimensionsOf(arn, byArn.get(arn))])
  } catch (error) {
    if (!(error instanceof TrimtabError)) throw error
    if (arns.length < 2 || error.code !== 'not-found')
      return arns.map((arn) => [arn, error.code === 'not-found' ? unknown(error.message) : unread(error.message)])
    const middle = Math.ceil(arns.length / 2)
    return [
      ...(await readChunk(clients, region, arns.slice(0, middle))),
      ...(await readChunk(clients, region, arns.slice(middle))),
    ]
  }
}

/** Resource ids as CloudWatch writes them: what follows `targetgroup/`, with it, and what follows `loadbalancer/`. */
function dimensionsOf(arn: string, group: TargetGroup | undefined): Fact<LoadBalancerDimensions> {
  const name = group?.TargetGroupName ?? arn
  if (group === undefined) return unknown(`the target group ${name} does not exist`)
  const balancers = (group.LoadBalancerArns ?? []).map((one) => one.split(':loadbalancer/')[1])
  const application = balancers.find((balancer) => balancer?.startsWith('app/') === true)
  const targetGroup = arn.split(':').at(-1)
  if (application === undefined || targetGroup === undefined) {
    return unknown(`the target group ${name} stands behind no Application Load Balancer`)
  }
  return known({ TargetGroup: targetGroup, LoadBalancer: application })
}
