import type { EditContext } from '../../model/code.js'
import type { Leaf } from '../values.js'
import { speaksOf } from './locate-group.js'
import { stackFiles, stackName, stackOf } from './pulumi-config.js'
import type { Resource } from './resource.js'
import type { Run } from './run.js'
import type { SharedInProgram } from './sharing.js'
import type { ProgramSource } from './source-at.js'

/** What the caller would know of each other deployment of the same program: other environments, other stacks. */
function otherDeployments(run: Run, file: string): readonly EditContext[] {
  const { environment: named, environments = [], variables, stackConfig, stack, cdkContext, ...rest } = run.context
  const known = [...Object.values(variables ?? {}), ...Object.values(cdkContext ?? {})].map(String)
  const environment = named ?? environments.find((one) => known.includes(one))
  const mine = stackOf(run, file)
  const stacks = stackFiles(run, file)
    .map(stackName)
    .filter((one) => one !== mine)
  if (mine !== undefined || stack !== undefined) {
    const others = environments.filter((one) => one !== environment && one !== mine && !stacks.includes(one))
    return [...stacks, ...others].map((other) => ({ ...rest, stack: other, stackConfig: 'unknown' as const }))
  }
  return environments
    .filter((one) => one !== environment)
    .map((other) => ({
      ...rest,
      environment: other,
      variables: Object.fromEntries(
        Object.entries(variables ?? {}).flatMap(([name, value]) => (value === environment ? [[name, other]] : [])),
      ),
      cdkContext: swapped(cdkContext, environment, other),
    }))
    .map(({ cdkContext: passed, ...other }) => (passed === undefined ? other : { ...other, cdkContext: passed }))
}

/** True when the code itself says that the group is this environment's and not the other's. */
function isApart(run: Run, group: Resource, other: EditContext): boolean {
  const { environment } = run.context
  if (environment === undefined || other.environment === undefined) return false
  return speaksOf(group, [environment.toLowerCase()]) && !speaksOf(group, [other.environment.toLowerCase()])
}

function swapped(passed: EditContext['cdkContext'], environment: string | undefined, other: string) {
  if (passed === undefined) return undefined
  return Object.fromEntries(Object.entries(passed).map(([key, value]) => [key, value === environment ? other : value]))
}

/** A use of the leaves in another deployment; `own` are the uses that may be, where the group is this environment's alone. */
export function usedElsewhere(
  run: Run,
  group: Resource,
  own: readonly ProgramSource[],
  leaves: readonly Leaf[],
): SharedInProgram | undefined {
  const mine = new Set(own.map((source) => `${source.owner.id}${source.path}`))
  for (const context of otherDeployments(run, group.place.file).slice(0, 20)) {
    const other = run.repeat(context)
    if (other.budget.left < 0) return { reason: 'too-large', places: [] }
    const apart = isApart(run, group, context)
    const found = other.resources.filter(({ id, parts }) =>
      parts.some(
        (part) => !(apart && mine.has(`${id}${part.path}`)) && leaves.some((leaf) => part.dependencies.has(leaf.id)),
      ),
    )
    if (found.length > 0)
      return {
        reason: 'shared-by-several-groups',
        places: [...leaves.map((leaf) => leaf.place), ...found.map((one) => ({ ...one.place, end: one.place.start }))],
      }
  }
  return undefined
}
