import { environmentOf } from '../../config/environment-of.js'
import type { Group } from '../../core/model/group.js'
import type { Policy } from '../../core/model/policy.js'
import type { CodeParsers, Deps } from '../deps.js'
import { type CodeOfGroup, codeOfGroup, type Estate, policyOfGroup } from '../estate/estate.js'

/** A group with the settings that hold for it. */
export interface PlacedGroup {
  readonly group: Group
  readonly code: CodeOfGroup
  readonly policy: Policy
}

/** The group as configuration names its environment, where its code is, and its settings. */
export async function placeGroup(
  deps: CodeParsers & Pick<Deps, 'deployment'>,
  estate: Estate,
  listed: Group,
): Promise<PlacedGroup> {
  const code = await codeOfGroup(deps, estate, listed)
  const config = code.kind === 'found' ? code.repository.config : estate.home?.config
  const { environment, from } = environmentOf(listed.tags, config?.groups?.[listed.name])
  const group: Group = { ...listed, environment, environmentFrom: from }
  return { group, code, policy: policyOfGroup(estate, deps.deployment, group, code) }
}

/**
 * Why the settings that hold for a group are not certain: a repository that could not be read may hold them, and
 * acting by other settings would be a guess. Undefined where they are.
 */
export function hiddenSettings({ code }: Pick<PlacedGroup, 'code'>, { unreadable }: Estate): string | undefined {
  const [hidden] = unreadable
  if (code.kind === 'found' || !hidden) return undefined
  return `the settings may be in ${hidden.repository}, which could not be read: ${hidden.why}`
}
