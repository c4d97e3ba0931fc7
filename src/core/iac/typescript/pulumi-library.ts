import { joined } from '../values.js'
import { asNumber } from './globals.js'
import { allDependencies, nothing, type ProgramValue, plain, unknownValue } from './program-values.js'
import { configValue, projectOf, stackOf } from './pulumi-config.js'
import type { Resource } from './resource.js'
import type { CallSite, Run } from './run.js'

const getters = /^(get|require)(Number|Boolean|Object|Secret|SecretNumber|SecretBoolean|SecretObject)?$/

/** What a method of a `pulumi.Config` gives: the stack's value, the project's, or nothing. */
export function pulumiConfig(
  run: Run,
  config: Resource,
  method: string,
  args: readonly ProgramValue[],
  site: CallSite,
): ProgramValue | undefined {
  const [, way, type] = getters.exec(method) ?? []
  const [key] = args
  if (way === undefined) return undefined
  const place = { file: site.scope.file, ...site.span }
  const dependencies = joined(args.map(allDependencies))
  if (key?.kind !== 'scalar' || type?.startsWith('Secret')) return unknownValue('external-value', [place], dependencies)
  const named = config.name
  if (named !== undefined && named.kind !== 'scalar') return unknownValue('external-value', [place], dependencies)
  const space = named === undefined || named.scalar === undefined ? undefined : String(named.scalar)
  const value = configValue(run, site.scope.file, space, String(key.scalar), place)
  if (value.kind === 'scalar' && value.scalar === undefined)
    return way === 'get' ? nothing : unknownValue('external-value', [place], dependencies)
  if (value.kind !== 'scalar') return value
  if (type === 'Number') return asNumber(value)
  if (type === 'Boolean') return plain(String(value.scalar) === 'true', value.dependencies)
  return type === undefined ? { ...value, scalar: String(value.scalar) } : value
}

/** The few functions of `@pulumi/pulumi` that are followed. */
export function pulumiFunction(
  run: Run,
  path: readonly string[],
  args: readonly ProgramValue[],
  site: CallSite,
): ProgramValue | undefined {
  const word = path.at(-1)
  const place = { file: site.scope.file, ...site.span }
  if (word === 'output' || word === 'secret' || word === 'all' || word === 'unsecret') return args[0] ?? nothing
  if (word === 'getProject') {
    const project = projectOf(run, site.scope.file)
    return project === undefined
      ? { ...unknownValue('computed', [place]), hint: 'project' }
      : { ...plain(project), outside: 'computed' }
  }
  if (word !== 'getStack') return undefined
  const stack = stackOf(run, site.scope.file)
  return stack === undefined
    ? { ...unknownValue('several-candidates', [place]), hint: 'stage' }
    : { ...plain(stack), outside: 'computed' }
}
