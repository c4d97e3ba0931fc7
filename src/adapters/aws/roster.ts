import { groupKeyOf } from '../../core/model/group.js'
import { readAccount } from './account.js'
import type { PageOf } from './by-account.js'
import type { AwsClients } from './clients.js'
import { listPage } from './list-groups.js'
import { accountOf, type EnvironmentOf, nameOf, tagsOf } from './translate-group.js'

/** Pages of the groups of an account, with what a listing alone tells: key and environment. */
export function createRoster(
  clients: AwsClients,
  { environmentOf }: { readonly environmentOf: EnvironmentOf },
): PageOf {
  return async (region, selection, token) => {
    const { groups, next } = await listPage(clients, region, selection, token)
    const rows = groups.map(async (group) => ({
      groupKey: groupKeyOf(await readAccount(clients, accountOf(group.AutoScalingGroupARN)), region, nameOf(group)),
      environment: environmentOf(tagsOf(group), nameOf(group)).environment,
    }))
    return { groups: await Promise.all(rows), ...(next !== undefined && { token: next }) }
  }
}
