import { tracksCpu } from '../world/group-scenario.js'
import type { GroupView, World } from '../world/world.js'
import type { DeployedGroup } from './deployed-group.js'
import { groupsInCode } from './groups-in-code.js'

/** Instances that keep serving while a pipeline replaces the others. */
const minHealthyPercentage = 90

/**
 * Brings the simulated groups to what the code says, as `terraform apply` and stack updates do: only attributes that
 * the code sets, only where they differ from the live value. A new instance type becomes a new template version, and
 * the pipeline starts an instance refresh. Returns what was changed, in words.
 */
export async function deploy(world: World, files: ReadonlyMap<string, string>): Promise<readonly string[]> {
  const declared = await groupsInCode(files)
  return world.groups().flatMap((group) => {
    const wanted = declared.find(({ name }) => name === group.scenario.name)
    return wanted ? deployGroup(world, group, wanted) : []
  })
}

function deployGroup(world: World, group: GroupView, wanted: DeployedGroup): readonly string[] {
  const { scenario } = group
  const sizes = (['minSize', 'maxSize', 'desiredCapacity'] as const).filter(
    (key) => wanted[key] !== undefined && wanted[key] !== group[key],
  )
  const said = sizes.map((key) => `${scenario.name}: ${key} ${group[key]} → ${wanted[key]}`)
  if (sizes.length > 0)
    world.updateGroup(scenario, scenario.name, Object.fromEntries(sizes.map((key) => [key, wanted[key]])))
  return [...said, ...deployTarget(world, group, wanted), ...deployType(world, group, wanted)]
}

function deployTarget(
  world: World,
  { scenario, policies }: GroupView,
  { targetValue }: DeployedGroup,
): readonly string[] {
  const present = policies.map(({ policy }) => policy).find(tracksCpu)?.targetValue
  if (targetValue === undefined || present === undefined || present === targetValue) return []
  world.setCpuTarget(scenario, scenario.name, targetValue)
  return [`${scenario.name}: CPU target ${present} → ${targetValue}`]
}

function deployType(world: World, { scenario }: GroupView, wanted: DeployedGroup): readonly string[] {
  const { instanceType } = wanted
  if (instanceType === undefined || scenario.launch.kind !== 'launch-template') return []
  const template = world.launches.template(scenario, scenario.launch.name)
  const latest = world.launches.version(template, '$Latest')
  if (latest.instanceType === instanceType) return []
  world.launches.addVersion(scenario, scenario.launch.name, { instanceType })
  world.startInstanceRefresh(scenario, scenario.name, minHealthyPercentage)
  return [`${scenario.name}: instance type ${latest.instanceType} → ${instanceType}, instances are being replaced`]
}
