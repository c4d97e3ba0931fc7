import { TrimtabError } from '../../core/model/errors.js'
import type { GroupKey } from '../../core/model/group.js'

/**
 * The parts of a key; a group's name may hold slashes itself. Throws `usage` on anything else.
 * @example splitGroupKey('123456789012/us-east-1/shop/web').name // 'shop/web'
 */
export function splitGroupKey(groupKey: GroupKey): {
  readonly account: string
  readonly region: string
  readonly name: string
} {
  const [account, region, ...rest] = groupKey.split('/')
  const name = rest.join('/')
  if (account && region && name) return { account, region, name }
  throw new TrimtabError('usage', `A group is written account/region/name, got "${groupKey}".`)
}
