import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling'
import type { GroupSelection } from '../../ports.js'
import { listIn } from './answers.js'
import type { AwsClients } from './clients.js'
import { chunksOf, itemsOf, pagesOf } from './pages.js'
import { nameOf, tagsOf } from './translate-group.js'

const call = 'autoscaling:DescribeAutoScalingGroups'

/** Without a higher page size the API takes 50 names, with one as many as the page holds. */
const PAGE = 100

/** The groups of one region that a selection takes, page by page as AWS gives them; each once, whatever pages repeat. */
export async function* listGroups(
  clients: AwsClients,
  region: string,
  selection: Pick<GroupSelection, 'tags' | 'names'>,
): AsyncGenerator<readonly AutoScalingGroup[]> {
  const autoScaling = await clients.autoScaling(region)
  const filters = Object.entries(selection.tags).map(([key, value]) => ({ Name: `tag:${key}`, Values: [value] }))
  const seen = new Set<string | undefined>()
  for (const names of selection.names ? chunksOf(selection.names, PAGE) : [undefined]) {
    const pages = pagesOf(
      call,
      (token) =>
        autoScaling.describeAutoScalingGroups({
          NextToken: token,
          MaxRecords: PAGE,
          ...(names === undefined ? {} : { AutoScalingGroupNames: [...names] }),
          ...(filters.length > 0 ? { Filters: filters } : {}),
        }),
      (page) => page.NextToken,
    )
    for await (const page of pages) {
      const groups = listIn(call, page, 'AutoScalingGroups')
      const fresh = groups.filter(({ AutoScalingGroupName: name }) => !seen.has(name))
      for (const { AutoScalingGroupName } of fresh) seen.add(AutoScalingGroupName)
      yield fresh.filter((group) => taken(group, selection))
    }
  }
}

/** The names of every group of a region, for a message about one that does not exist. */
export async function listGroupNames(clients: AwsClients, region: string): Promise<readonly string[]> {
  return itemsOf(listGroups(clients, region, { tags: {} }), (groups) => groups.map(nameOf))
}

/** Checked here too: some implementations ignore filters they do not know. */
function taken(group: AutoScalingGroup, { tags, names }: Pick<GroupSelection, 'tags' | 'names'>): boolean {
  const own = tagsOf(group)
  if (names && !names.includes(group.AutoScalingGroupName ?? '')) return false
  return Object.entries(tags).every(([key, value]) => own[key] === value)
}
