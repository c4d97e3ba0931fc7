import type { CodeFormat, FileSet } from '../../model/code.js'
import { type Candidate, fitsShape, type WantedGroup } from '../name-match.js'
import { fileNameOf, folderOf } from '../paths.js'
import type { Syntax } from '../syntax.js'
import { siteAt } from '../text-lines.js'
import { asText } from '../values.js'
import { sourceAt } from './source-at.js'
import {
  allStacks,
  createStackWorld,
  isTemplate,
  resourcesOf,
  type Stack,
  type StackWorld,
  templateAt,
  typeOf,
} from './stack.js'

const groupTypes = new Set(['AWS::AutoScaling::AutoScalingGroup', 'AWS::EKS::Nodegroup'])

/** Every definition in CloudFormation templates that may be the group's, also inside nested stacks of other templates. */
export function cloudFormationCandidates(files: FileSet, group: WantedGroup, syntax: Syntax): readonly Candidate[] {
  const templates: StackWorld['templates'] = new Map()
  const holding = [...files].filter(([file, text]) => isTemplateText(file, text)).map(([file]) => file)
  const tops = holding.flatMap(
    (file) => openTop(createStackWorld({ files, syntax, context: {}, templates }), file) ?? [],
  )
  const nested = new Set(
    tops.flatMap(({ world, top }) =>
      allStacks(world, top)
        .slice(1)
        .map((stack) => stack.template.file),
    ),
  )
  return tops
    .filter(({ top }) => !nested.has(top.template.file))
    .flatMap(({ world, top }) => allStacks(world, top).flatMap((stack) => stackCandidates(world, top, stack, group)))
}

function isTemplateText(file: string, text: string): boolean {
  return (
    /\.(ya?ml|json|template)$/.test(file) &&
    (text.includes('AWS::AutoScaling::AutoScalingGroup') ||
      text.includes('AWS::EKS::Nodegroup') ||
      text.includes('AWS::CloudFormation::Stack')) &&
    text.includes('Resources')
  )
}

function openTop(world: StackWorld, file: string): { readonly world: StackWorld; readonly top: Stack } | undefined {
  const template = templateAt(world, file)
  return isTemplate(template) ? { world, top: { path: '', template, parent: undefined } } : undefined
}

function stackCandidates(world: StackWorld, top: Stack, stack: Stack, group: WantedGroup): readonly Candidate[] {
  return [...resourcesOf(stack.template)].flatMap(([logicalId, node]) => {
    if (!groupTypes.has(typeOf(node) ?? '')) return []
    const strength = strengthOf(world, top, stack, logicalId, node, group)
    if (strength === undefined) return []
    const { line, text } = siteAt(world.files, stack.template.file, node.start)
    const file = top.template.file
    const format: CodeFormat =
      /\.ya?ml$/.test(file) || !/^\uFEFF?\s*\{/.test(world.files.get(file) ?? '')
        ? 'cloudformation-yaml'
        : 'cloudformation-json'
    const address = stack.path === '' ? logicalId : `${stack.path}/${logicalId}`
    return [
      { strength, text, address: { kind: 'found' as const, format, file, line, address, rootModule: folderOf(file) } },
    ]
  })
}

function strengthOf(
  world: StackWorld,
  top: Stack,
  stack: Stack,
  logicalId: string,
  node: Parameters<typeof typeOf>[0] & object,
  group: WantedGroup,
): Candidate['strength'] | undefined {
  const wanted = group.stack
  if (wanted !== undefined && wanted.logicalId === logicalId) {
    if (stack.path !== '') return nestedName(wanted.name, stack.path) ? 3 : undefined
    return namedAfter(wanted.name, top.template.file) ? 3 : 2
  }
  if (wanted !== undefined) return undefined
  const name = sourceAt(world, { stack, logicalId, node }, ['AutoScalingGroupName'])
  if (name.kind === 'refused') return undefined
  if (name.value.kind === 'known') return asText(name.value.scalar) === group.name ? 3 : undefined
  return name.value.kind === 'unknown' && name.value.shape !== undefined && fitsShape(name.value.shape, group.name)
    ? 2
    : undefined
}

/** CloudFormation names a nested stack `parent-LogicalId-RANDOM`. */
function nestedName(stackName: string, path: string): boolean {
  const ids = path.split('/')
  const last = ids.at(-1) ?? ''
  return new RegExp(`-${escaped(last)}-[A-Z0-9]{10,14}$`).test(stackName)
}

function escaped(text: string): string {
  return text.replace(/[^a-zA-Z0-9]/g, '\\$&')
}

/** True when a stack bears the file's or its folder's name: `web.yaml` or `web/template.yaml` for `web` or `prod-web`. */
function namedAfter(stackName: string, file: string): boolean {
  const base = fileNameOf(file)
    .replace(/\.[^.]+$/, '')
    .toLowerCase()
  const name =
    base === 'template' || base === 'main' || base === 'index' ? fileNameOf(folderOf(file)).toLowerCase() : base
  const stack = stackName.toLowerCase()
  return (
    name.length >= 2 &&
    (stack === name || stack.startsWith(`${name}-`) || stack.endsWith(`-${name}`) || stack.includes(`-${name}-`))
  )
}
