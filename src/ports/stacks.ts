import type { Fact } from '../core/model/fact.js'
import type { Group } from '../core/model/group.js'

/** What CloudFormation knows of the stacks that own groups. */
export interface Stacks {
  /**
   * Parameters, by name, that the outermost of the stacks around the group is deployed with; known and undefined where
   * no stack owns the group.
   */
  parameters(group: Group): Promise<Fact<Readonly<Record<string, string>> | undefined>>
}
