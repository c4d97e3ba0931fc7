import type { EditContext } from '../../core/model/code.js'
import type { Group } from '../../core/model/group.js'
import type { Deps } from '../deps.js'
import type { CodeOfGroup } from '../estate/estate.js'

/**
 * What is known of how a group's code is deployed: its configuration says it, and CloudFormation the parameters of a
 * stack. Parameters that could not be read are unknown, and then a value that hangs on them is not edited.
 */
export async function editContextOf(
  { stacks }: Pick<Deps, 'stacks'>,
  { repository, address }: Extract<CodeOfGroup, { kind: 'found' }>,
  group: Group,
): Promise<EditContext> {
  const { deployedWith, values } = repository.config?.groups?.[group.name] ?? {}
  const known = {
    environment: group.environment,
    region: group.region,
    ...deployedWith,
    ...(values && { paths: values }),
  }
  if (address.format !== 'cloudformation-yaml' && address.format !== 'cloudformation-json') return known
  const parameters = await stacks.parameters(group)
  if (parameters.kind === 'unknown') return { ...known, stackParameters: 'unknown' }
  return parameters.value === undefined ? known : { ...known, stackParameters: parameters.value }
}
