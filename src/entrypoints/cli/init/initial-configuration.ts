import { stringify } from 'yaml'
import { environmentPresets } from '../../../config/environment-presets.js'
import { applyTag, type Group } from '../../../core/model/group.js'
import { printable } from '../terminal.js'

/** Settings that teams set first, shown with the values that hold without them. */
const shownSettings = {
  performanceThresholds: ['cpuUtilizationTarget', 'memoryUtilizationTarget', 'responseTimeTarget'],
  costThresholds: ['maxHourlyCost', 'utilizationThreshold'],
} as const

/** A configuration may have 64 KB: groups beyond this many characters are left to be added by hand. */
const groupsLength = 48_000
/** Names that the schema takes for an environment. */
const environmentName = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/

/**
 * The text of a first `.github/trimtab.yml`: every environment found, each only observed, every group by name, and what
 * the groups lack as comments. Everything that is not a comment holds already without the file.
 */
export function initialConfiguration(groups: readonly Group[], regions: readonly string[]): string {
  const environments = [...new Set(groups.map(({ environment }) => environment))].sort()
  const sections = environments.flatMap((name) => environmentLines(name, groups))
  return [
    '# Configuration of Trimtab: all keys with values, defaults and meaning by `npx trimtab config docs`.',
    `# Made from ${groups.length} groups in ${regions.map(printable).join(', ')}. Checked by \`npx trimtab config check\`.`,
    'version: 1',
    '',
    '# What Trimtab may do: observe records advice, propose opens pull requests, apply also adds capacity at once.',
    'mode: observe',
    '',
    ...(environments.some((name) => environmentName.test(name)) ? ['environments:', ...sections] : sections),
    '',
    ...(groups.length > 0 ? ['groups:', ...groupSection(uniqueByName(groups))] : ['# No group was found.']),
    '',
  ].join('\n')
}

function environmentLines(name: string, groups: readonly Group[]): readonly string[] {
  if (!environmentName.test(name)) {
    return [`  # ${printable(name)}: expected a name of letters, digits, - and _; set environment for its groups below`]
  }
  const own = groups.filter(({ environment }) => environment === name)
  const preset = environmentPresets[name as keyof typeof environmentPresets] ?? environmentPresets.other
  return [
    `  # ${own.length} ${own.length === 1 ? 'group' : 'groups'}; with mode apply a group needs the tag ${applyTag.key}=${applyTag.value} too`,
    `  ${key(name)}:`,
    '    mode: observe',
    ...Object.entries(shownSettings).map(([section, keys]) => settingComment(section, keys, preset)),
  ]
}

/** One section as a comment, ready to be uncommented. */
function settingComment(section: string, keys: readonly string[], preset: Readonly<Record<string, unknown>>): string {
  const values = preset[section] as Readonly<Record<string, unknown>>
  return `    # ${section}: { ${keys.map((key) => `${key}: ${String(values[key])}`).join(', ')} }`
}

function groupSection(groups: readonly Group[]): readonly string[] {
  const lines: string[] = []
  let length = 0
  for (const [at, group] of groups.entries()) {
    const own = groupLines(group)
    length += own.join('\n').length
    if (length > groupsLength)
      return [...lines, `  # and ${groups.length - at} more groups, left out for the size of the file`]
    lines.push(...own)
  }
  return lines
}

function groupLines(group: Group): readonly string[] {
  const { name, region, minSize, desiredCapacity, maxSize, environment, environmentFrom } = group
  const type =
    group.launch.kind === 'known' ? (group.launch.value.instanceType ?? 'types by attributes') : 'type unknown'
  return [
    `  # ${printable(region)}: ${minSize} ≤ ${desiredCapacity} ≤ ${maxSize} × ${printable(type)}, ${printable(environment)} by ${environmentFrom}`,
    ...lacks(group).map((lack) => `  # ${lack}`),
    `  ${key(name)}: {}`,
  ]
}

/** What the group does not have and what that leaves out. */
function lacks({ tags, environmentFrom, enabledMetrics }: Group): readonly string[] {
  return [
    ...(environmentFrom === 'default'
      ? ['no Environment tag: held to the settings of production and only observed; tag it, or set environment here']
      : []),
    ...(tags[applyTag.key] === applyTag.value
      ? []
      : [`no tag ${applyTag.key}=${applyTag.value}: never scaled live, in any mode`]),
    ...(enabledMetrics.includes('GroupInServiceInstances')
      ? []
      : ['group metrics are off: how many instances served is not recorded']),
  ]
}

/** The same name in two regions is one key. */
function uniqueByName(groups: readonly Group[]): readonly Group[] {
  return groups.filter(({ name }, at) => groups.findIndex((one) => one.name === name) === at)
}

/** A name as a YAML key, quoted where it has to be. */
function key(name: string): string {
  return stringify({ [name]: null }, { lineWidth: 0 }).replace(/: null\n$/, '')
}
