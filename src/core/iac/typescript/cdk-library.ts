import { readJson } from '../json-reader.js'
import { environmentNames } from '../terraform/environment-names.js'
import { joined } from '../values.js'
import { givenVariable } from './context.js'
import { dataValue, entryAt } from './data-value.js'
import { familyOf, sizeOf } from './instance-type-members.js'
import { nearest } from './nearest.js'
import { reasonOf } from './operators.js'
import {
  allDependencies,
  type EnumMember,
  nothing,
  type ProgramValue,
  placesOf,
  plain,
  unknownValue,
} from './program-values.js'
import type { CallSite, Run } from './run.js'

/** What `node.tryGetContext(key)` gives: what is passed with `-c`, else what cdk.json holds. */
export function contextValue(run: Run, key: ProgramValue, site: CallSite): ProgramValue {
  const place = { file: site.scope.file, ...site.span }
  if (key.kind !== 'scalar') return unknownValue('computed', [place], allDependencies(key))
  const name = String(key.scalar)
  const { cdkContext } = run.context
  const written = cdkJsonValue(run, site.scope.file, name)
  if (cdkContext !== undefined && Object.hasOwn(cdkContext, name)) {
    const passed = cdkContext[name]
    const shown = written === undefined ? [place] : [place, ...placesOf(written)]
    return { ...plain(passed), outside: written === undefined ? 'no-default' : 'drift', trail: shown }
  }
  const given = givenVariable(run, name)
  if (written !== undefined && (given === undefined || cdkContext !== undefined))
    return trusted(run, name, written, place)
  if (given !== undefined) return given
  return cdkContext === undefined ? { ...unknownValue('external-value', [place]), hint: name } : nothing
}

/** A text in cdk.json that may choose the environment is only the default of what is passed with `-c`. */
function trusted(run: Run, name: string, written: ProgramValue, place: CallPlace): ProgramValue {
  const { cdkContext, environment, environments } = run.context
  if (cdkContext !== undefined || written.kind !== 'scalar' || typeof written.scalar !== 'string') return written
  if (environment === undefined && environments === undefined) return written
  if (Number.isFinite(Number(written.scalar)) || written.scalar.includes('.')) return written
  const names = environment === undefined ? [] : environmentNames(environment)
  if (written.scalar === environment || names.includes(written.scalar.toLowerCase())) return written
  return { ...unknownValue('several-candidates', [place, ...placesOf(written)], allDependencies(written)), hint: name }
}

type CallPlace = ReturnType<typeof placesOf>[number]

/** The value of a key in the nearest cdk.json above a file, or the only one there is. */
function cdkJsonValue(run: Run, file: string, key: string): ProgramValue | undefined {
  const found = nearest(run.files, file, 'cdk.json')
  const text = found === undefined ? undefined : run.files.get(found)
  if (found === undefined || text === undefined) return undefined
  const root = readJson(text)
  if (root.kind === 'fault') return unknownValue('unparseable', [{ file: found, start: 0, end: 0 }])
  const node = entryAt(entryAt(root, 'context'), key)
  return node === undefined ? undefined : dataValue(run.files, found, node, 'context-file')
}

/** `InstanceType.of(InstanceClass.X, InstanceSize.Y)`: a type of two members. */
export function instanceTypeOf(family: ProgramValue, size: ProgramValue): ProgramValue {
  const dependencies = joined([family, size].map(allDependencies))
  const [first, second] = [memberOf(family, 'InstanceClass'), memberOf(size, 'InstanceSize')]
  const names = [first && familyOf(first.member), second && sizeOf(second.member)]
  if (first === undefined || second === undefined || names.includes(undefined))
    return unknownValue(reasonOf(family, size), [family, size].flatMap(placesOf), dependencies)
  return {
    ...plain(names.join('.'), joined([dependencies, new Set([first.leaf.id, second.leaf.id])])),
    members: { family: first, size: second },
    trail: [first.leaf.place, second.leaf.place],
  }
}

function memberOf(value: ProgramValue, owner: string): EnumMember | undefined {
  if (value.kind !== 'foreign' || value.path.at(-2) !== owner || value.place === undefined) return undefined
  const { place } = value
  const id = `${place.file}:${place.start}`
  return { member: value.path.at(-1) ?? '', leaf: { id, place, quoted: false, where: 'enum-member', variables: [] } }
}
