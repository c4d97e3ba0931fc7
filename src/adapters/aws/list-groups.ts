import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling'
import type { GroupSelection } from '../../ports.js'
import { listIn } from './answers.js'
import type { AwsClients } from './clients.js'
import { chunksOf, itemsOf, pagesOf } from './pages.js'
import { nameOf, tagsOf } from './translate-group.js'

const call = 'autoscaling:DescribeAutoScalingGroups'

/** Without a higher page size the API takes 50 names, with one as many as the page holds. */
const PAGE = 100

type GroupsAsked = Pick<GroupSelection, 'tags'> & { readonly names?: readonly string[] | undefined }

/** The groups of one region that a selection takes, page by page as AWS gives them; each once, whatever pages repeat. */
export async function* listGroups(
  clients: AwsClients,
  region: string,
  selection: GroupsAsked,
): AsyncGenerator<readonly AutoScalingGroup[]> {
  const autoScaling = await clients.autoScaling(region)
  const seen = new Set<string | undefined>()
  for (const names of selection.names ? chunksOf(selection.names, PAGE) : [undefined]) {
    const pages = pagesOf(
      call,
      (token) => autoScaling.describeAutoScalingGroups(pageRequest({ ...selection, names }, token)),
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

/** One page of the same, for a caller that goes on from its token in another process. At most 100 names. */
export async function listPage(
  clients: AwsClients,
  region: string,
  selection: GroupsAsked,
  token: string | undefined,
): Promise<{ readonly groups: readonly AutoScalingGroup[]; readonly next: string | undefined }> {
  const autoScaling = await clients.autoScaling(region)
  const page = await autoScaling.describeAutoScalingGroups(pageRequest(selection, token))
  const groups = listIn(call, page, 'AutoScalingGroups').filter((group) => taken(group, selection))
  return { groups, next: page.NextToken || undefined }
}

function pageRequest({ tags, names }: GroupsAsked, token: string | undefined) {
  const filters = Object.entries(tags).map(([key, value]) => ({ Name: `tag:${key}`, Values: [value] }))
  return {
    NextToken: token,
    MaxRecords: PAGE,
    ...(names === undefined ? {} : { AutoScalingGroupNames: [...names] }),
    ...(filters.length > 0 ? { Filters: filters } : {}),
  }
}

/** The names of every group of a region, for a message about one that does not exist. */
export async function listGroupNames(clients: AwsClients, region: string): Promise<readonly string[]> {
  return itemsOf(listGroups(clients, region, { tags: {} }), (groups) => groups.map(nameOf))
}

/** Checked here too: some implementations ignore filters they do not know. */
function taken(group: AutoScalingGroup, { tags, names }: GroupsAsked): boolean {
  const own = tagsOf(group)
  if (names && !names.includes(group.AutoScalingGroupName ?? '')) return false
  return Object.entries(tags).every(([key, value]) => own[key] === value)
}
