import { cloudFormationGroups } from './cloudformation-groups.js'
import type { DeployedGroup } from './deployed-group.js'
import { terraformGroups } from './terraform-groups.js'

/**
 * What a team's pipeline would make of a repository: every group with its values. Written apart from core/iac and
 * sharing nothing with it, so that a wrong edit cannot be hidden by a mistake that both make.
 */
export async function groupsInCode(files: ReadonlyMap<string, string>): Promise<readonly DeployedGroup[]> {
  return [...(await terraformGroups(files)), ...cloudFormationGroups(files)]
}
