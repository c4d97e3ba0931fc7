import { posix } from 'node:path'
import { parse } from '@cdktf/hcl2json'
import { type DeployedGroup, deployedGroup } from './deployed-group.js'
import { evaluateText, type Lookup } from './expression.js'

type Json = Readonly<Record<string, unknown>>

interface Module {
  readonly variable: Json
  readonly locals: Json
  readonly resource: Readonly<Record<string, Json>>
  readonly module: Json
  readonly file: string
}

/**
 * The groups that `terraform apply` would make of these files: every folder that no other folder calls is a root; a
 * root with an `env` folder is applied once for each of its `env/<name>.tfvars`, otherwise with `terraform.tfvars`.
 */
export async function terraformGroups(files: ReadonlyMap<string, string>): Promise<readonly DeployedGroup[]> {
  const modules = await readModules(files)
  const called = new Set(
    [...modules].flatMap(([folder, module]) =>
      Object.values(module.module).map((call) => sourceOf(folder, first(call))),
    ),
  )
  const groups: DeployedGroup[] = []
  for (const folder of modules.keys()) {
    if (called.has(folder)) continue
    for (const variables of await variableSets(files, folder)) groups.push(...groupsOf(modules, folder, variables))
  }
  return groups
}

async function readModules(files: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, Module>> {
  const modules = new Map<string, Module>()
  for (const [path, text] of files) {
    if (!path.endsWith('.tf')) continue
    const parsed = (await parse(path, text)) as Json
    const folder = posix.dirname(path)
    modules.set(folder, merged(modules.get(folder), parsed, path))
  }
  return modules
}

function merged(before: Module | undefined, parsed: Json, file: string): Module {
  const part = (key: string) => (parsed[key] ?? {}) as Json
  const locals = Object.assign({}, ...((parsed.locals ?? []) as Json[])) as Json
  const resource = { ...before?.resource } as Record<string, Json>
  for (const [type, named] of Object.entries(part('resource')))
    resource[type] = { ...resource[type], ...(named as Json) }
  return {
    variable: { ...before?.variable, ...part('variable') },
    locals: { ...before?.locals, ...locals },
    module: { ...before?.module, ...part('module') },
    resource,
    file: before?.file ?? file,
  }
}

async function variableSets(files: ReadonlyMap<string, string>, folder: string): Promise<readonly Json[]> {
  const inFolder = (path: string) => posix.dirname(path) === folder || (folder === '.' && !path.includes('/'))
  const automatic = [...files.keys()]
    .filter((path) => inFolder(path) && (path.endsWith('/terraform.tfvars') || path.endsWith('.auto.tfvars')))
    .sort()
  const common: Json = Object.assign({}, ...(await Promise.all(automatic.map((path) => valuesOf(files, path)))))
  const perEnvironment = [...files.keys()].filter(
    (path) => posix.dirname(path) === posix.join(folder, 'env') && path.endsWith('.tfvars'),
  )
  if (perEnvironment.length === 0) return [common]
  return Promise.all(perEnvironment.map(async (path) => ({ ...common, ...(await valuesOf(files, path)) })))
}

async function valuesOf(files: ReadonlyMap<string, string>, path: string): Promise<Json> {
  return (await parse(`${path}.tf`, files.get(path) ?? '')) as Json
}

function groupsOf(modules: ReadonlyMap<string, Module>, folder: string, given: Json): readonly DeployedGroup[] {
  const module = modules.get(folder)
  if (!module) throw new Error(`deploying: no Terraform files in ${folder}`)
  const lookup = lookupIn(module, given)
  const resolve = (value: unknown) => resolved(value, lookup)
  const own = Object.entries(module.resource.aws_autoscaling_group ?? {}).map(([label, block]) =>
    groupOf(module, label, first(block), resolve),
  )
  const below = Object.values(module.module).flatMap((call) => {
    const { source: _source, ...inputs } = first(call)
    return groupsOf(modules, sourceOf(folder, first(call)), resolve(inputs) as Json)
  })
  return [...own, ...below]
}

function groupOf(module: Module, label: string, block: Json, resolve: (value: unknown) => unknown): DeployedGroup {
  const template = labelOf(block, 'launch_template', 'aws_launch_template', module)
  const policy = Object.values(module.resource.aws_autoscaling_policy ?? {})
    .map(first)
    .find((candidate) => String(candidate.autoscaling_group_name).includes(`aws_autoscaling_group.${label}.`))
  const tracking = policy?.target_tracking_configuration
  return deployedGroup(String(resolve(block.name)), module.file, {
    minSize: resolve(block.min_size),
    maxSize: resolve(block.max_size),
    desiredCapacity: ignoresDesired(block) ? undefined : resolve(block.desired_capacity),
    instanceType: template && resolve(template.instance_type),
    targetValue: tracking ? resolve(first(tracking).target_value) : undefined,
  })
}

function labelOf(block: Json, attribute: string, type: string, module: Module): Json | undefined {
  const reference = JSON.stringify(block[attribute] ?? '')
  const label = new RegExp(`${type}\\.([\\w-]+)\\.`).exec(reference)?.[1]
  const found = label && module.resource[type]?.[label]
  return found ? first(found) : undefined
}

function ignoresDesired(block: Json): boolean {
  return JSON.stringify(block.lifecycle ?? '').includes('desired_capacity')
}

function lookupIn(module: Module, given: Json): Lookup {
  const lookup: Lookup = ([kind, name = '', ...rest]) => {
    if (kind === 'var') return below(given[name] ?? first(module.variable[name] ?? {}).default, rest)
    if (kind === 'local') return below(resolved(module.locals[name], lookup), rest)
    return [kind, name, ...rest].join('.')
  }
  return lookup
}

function below(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((here, key) => (here as Json | undefined)?.[key], value)
}

function resolved(value: unknown, lookup: Lookup): unknown {
  if (typeof value === 'string') return evaluateText(value, lookup)
  if (Array.isArray(value)) return value.map((item) => resolved(item, lookup))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolved(item, lookup)]))
}

/** hcl2json puts every block into a list of its occurrences. */
function first(block: unknown): Json {
  return (Array.isArray(block) ? block[0] : block) as Json
}

function sourceOf(folder: string, call: Json): string {
  return posix.normalize(posix.join(folder, String(call.source)))
}
