import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling'
import pLimit from 'p-limit'
import { loadShippedCatalogue } from '../../catalogue/shipped-catalogue.js'
import { TrimtabError } from '../../core/model/errors.js'
import type { Group, GroupKey } from '../../core/model/group.js'
import type { Fleet, GroupSelection, Listed } from '../../ports.js'
import { readAccount } from './account.js'
import type { AwsClients } from './clients.js'
import { readGroupFacts } from './group-facts.js'
import { splitGroupKey } from './group-key.js'
import { type ArchitectureOf, createLaunchReader, type LaunchReader } from './launch.js'
import { listGroupNames, listGroups } from './list-groups.js'
import { type RegionFacts, readRegionFacts } from './region-facts.js'
import { unknownGroupSentence } from './similar-names.js'
import { accountOf, type EnvironmentOf, nameOf, translateGroup } from './translate-group.js'

export interface FleetOptions {
  readonly environmentOf: EnvironmentOf
  /** Default: the shipped list of instance types. An unknown type's image is asked instead. */
  readonly architectureOf?: ArchitectureOf
  /** Groups read at the same time, default 8; each makes three calls. */
  readonly concurrency?: number
}

/** What one region's reads share. */
interface RegionReader {
  readonly region: string
  readonly regionFacts: RegionFacts
  readonly launchOf: LaunchReader
}

/**
 * The Auto Scaling groups of the account. Three calls read what a region gives at once, three more each group.
 * A listing that fails for lack of credentials or of a reachable endpoint throws; any other fault is yielded for its region.
 */
export function createFleet(clients: AwsClients, options: FleetOptions): Fleet {
  return {
    list: (selection) => list(clients, options, selection),
    read: (groupKey) => read(clients, options, groupKey),
  }
}

async function* list(clients: AwsClients, options: FleetOptions, selection: GroupSelection): AsyncGenerator<Listed> {
  const missing = new Set(selection.keys ? [] : selection.names)
  let failed = false
  for (const region of selection.regions) {
    const asked = inRegion(selection, region)
    if (asked.names?.length === 0) continue
    try {
      for await (const listed of listRegion(clients, options, region, asked)) {
        missing.delete(listed.name)
        if (isAskedFor(listed.found, selection)) yield listed.found
      }
    } catch (error) {
      if (!(error instanceof TrimtabError) || error.code === 'credentials' || error.code === 'unreachable') throw error
      failed = true
      yield { kind: 'fault', scope: region, error }
    }
  }
  // A region that could not be listed may hold the group: nothing is said about it twice.
  if (!failed) yield* missingNames(clients, selection, [...missing])
}

/** Keys come down to names, and only those that are asked for by name too where names are given. */
function inRegion(selection: GroupSelection, region: string): GroupSelection {
  if (!selection.keys) return selection
  const places = selection.keys.map(splitGroupKey).filter((place) => place.region === region)
  const names = places.map(({ name }) => name).filter((name) => selection.names?.includes(name) ?? true)
  return { ...selection, names }
}

function isAskedFor(listed: Listed, { keys }: GroupSelection): boolean {
  return listed.kind === 'fault' || !keys || keys.includes(listed.group.groupKey)
}

async function* listRegion(clients: AwsClients, options: FleetOptions, region: string, selection: GroupSelection) {
  const limit = pLimit(options.concurrency ?? 8)
  let reader: RegionReader | undefined
  for await (const groups of listGroups(clients, region, selection)) {
    if (groups.length === 0) continue
    reader ??= await openRegion(clients, options, region)
    const shared = reader
    const reads = groups.map((group) => limit(() => readListed(clients, options, shared, group)))
    for (const listed of reads) yield await listed
  }
}

async function openRegion(
  clients: AwsClients,
  options: FleetOptions,
  region: string,
  onlyGroup?: string,
): Promise<RegionReader> {
  return {
    region,
    regionFacts: await readRegionFacts(clients, region, onlyGroup),
    launchOf: createLaunchReader(clients, region, options.architectureOf ?? (await shippedArchitectures())),
  }
}

async function shippedArchitectures(): Promise<ArchitectureOf> {
  const { types } = await loadShippedCatalogue()
  return (type) => {
    const architectures = types.get(type)?.architectures ?? []
    return architectures.length === 1 ? architectures[0] : undefined
  }
}

async function readListed(
  clients: AwsClients,
  options: FleetOptions,
  reader: RegionReader,
  group: AutoScalingGroup,
): Promise<{ readonly name: string; readonly found: Listed }> {
  const name = group.AutoScalingGroupName ?? ''
  try {
    return { name, found: { kind: 'group', group: await readGroup(clients, options, reader, group) } }
  } catch (error) {
    if (!(error instanceof Error)) throw error
    return { name, found: { kind: 'fault', scope: `${reader.region}/${name}`, error } }
  }
}

async function readGroup(
  clients: AwsClients,
  options: FleetOptions,
  { region, regionFacts, launchOf }: RegionReader,
  group: AutoScalingGroup,
): Promise<Group> {
  const [account, launch, facts] = await Promise.all([
    readAccount(clients, accountOf(group.AutoScalingGroupARN)),
    launchOf(group),
    readGroupFacts(clients, region, nameOf(group), regionFacts),
  ])
  return translateGroup(group, { account, region, environmentOf: options.environmentOf, launch, facts })
}

async function* missingNames(
  clients: AwsClients,
  selection: GroupSelection,
  missing: readonly string[],
): AsyncGenerator<Listed> {
  if (missing.length === 0) return
  const names = (await Promise.all(selection.regions.map((region) => listGroupNames(clients, region)))).flat()
  for (const name of missing) yield { kind: 'fault', scope: name, error: missingName(name, selection, names) }
}

function missingName(name: string, selection: GroupSelection, names: readonly string[]): TrimtabError {
  const where = selection.regions.join(', ')
  if (!names.includes(name)) return new TrimtabError('not-found', unknownGroupSentence(name, where, names))
  const tags = Object.entries(selection.tags).map(([key, value]) => `${key}=${value}`)
  const message = `The Auto Scaling group ${name} in ${where} does not carry the tags asked for: ${tags.join(', ')}.`
  return new TrimtabError('not-found', message)
}

async function read(clients: AwsClients, options: FleetOptions, groupKey: GroupKey): Promise<Group> {
  const { account, region, name } = splitGroupKey(groupKey)
  for await (const groups of listGroups(clients, region, { tags: {}, names: [name] })) {
    const [group] = groups
    if (group === undefined) continue
    const found = await readGroup(clients, options, await openRegion(clients, options, region, name), group)
    if (found.groupKey === groupKey) return found
    const message = `The credentials belong to account ${found.account}, and ${name} in ${region} to account ${account}: use that account's credentials.`
    throw new TrimtabError('not-found', message)
  }
  const names = await listGroupNames(clients, region)
  throw new TrimtabError('not-found', unknownGroupSentence(name, region, names))
}
