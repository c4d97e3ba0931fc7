import type { DataMap, DataNode, Syntax } from '../syntax.js'
import { type Attribute, type Block, type Body, type Expr, partsOf } from './ast.js'
import { lowerHcl } from './lower-hcl.js'

/** How many labels a top-level block of Terraform's JSON syntax has. */
const labelCounts: Readonly<Record<string, number>> = {
  resource: 2,
  data: 2,
  variable: 1,
  output: 1,
  module: 1,
  provider: 1,
  locals: 0,
  terraform: 0,
  check: 1,
} // prettier-ignore

/** Nested things that Terraform reads as blocks, where JSON alone cannot tell them from object values. */
const nestedBlocks = new Set([
  'lifecycle',
  'launch_template',
  'launch_template_specification',
  'mixed_instances_policy',
  'instances_distribution',
  'override',
  'target_tracking_configuration',
  'scaling_config',
  'validation',
  'dynamic',
  'content',
]) // prettier-ignore

/** Turns a `.tf.json` file into the same blocks as HCL; a `.tfvars.json` file gives its attributes. */
export function lowerTerraformJson(file: string, root: DataNode, syntax: Syntax): Body {
  const json = { file, syntax }
  if (root.kind !== 'map') return { attributes: [], blocks: [] }
  if (file.endsWith('.tfvars.json')) return { attributes: attributes(json, root, () => false), blocks: [] }
  return {
    attributes: [],
    blocks: root.entries.flatMap((entry) => topBlocks(json, entry.key, entry.value, labelCounts[entry.key] ?? 1, [])),
  }
}

interface Json {
  readonly file: string
  readonly syntax: Syntax
}

function place(json: Json, node: DataNode) {
  return { file: json.file, start: node.start, end: node.end }
}

function topBlocks(
  json: Json,
  type: string,
  node: DataNode,
  labels: number,
  found: readonly string[],
): readonly Block[] {
  if (node.kind === 'list') return node.items.flatMap((item) => topBlocks(json, type, item, labels, found))
  if (node.kind !== 'map') return []
  if (labels > 0)
    return node.entries.flatMap((entry) => topBlocks(json, type, entry.value, labels - 1, [...found, entry.key]))
  return [{ type, labels: found, place: place(json, node), body: bodyOf(json, node, type === 'locals') }]
}

function bodyOf(json: Json, node: DataMap, flat: boolean): Body {
  const isBlock = (key: string, value: DataNode): boolean => !flat && nestedBlocks.has(key) && value.kind !== 'scalar'
  const blocks = node.entries.filter((entry) => isBlock(entry.key, entry.value))
  return {
    attributes: attributes(json, node, isBlock),
    blocks: blocks.flatMap((entry) => topBlocks(json, entry.key, entry.value, entry.key === 'dynamic' ? 1 : 0, [])),
  }
}

function attributes(
  json: Json,
  node: DataMap,
  isBlock: (key: string, value: DataNode) => boolean,
): readonly Attribute[] {
  return node.entries
    .filter((entry) => entry.key !== '//' && !isBlock(entry.key, entry.value))
    .map((entry) => ({
      name: entry.key,
      place: { file: json.file, start: entry.keyStart, end: entry.value.end },
      value: lowerData(json, entry.value),
    }))
}

function lowerData(json: Json, node: DataNode): Expr {
  if (node.kind === 'map') {
    const entries = node.entries.map((entry) => ({
      key: {
        kind: 'literal',
        place: { file: json.file, start: entry.keyStart, end: entry.keyStart },
        value: entry.key,
        quoted: true,
      } as const,
      value: lowerData(json, entry.value),
    }))
    return { kind: 'object', place: place(json, node), entries }
  }
  if (node.kind === 'list')
    return { kind: 'list', place: place(json, node), items: node.items.map((item) => lowerData(json, item)) }
  if (node.kind === 'alias') return { kind: 'opaque', place: place(json, node), parts: [] }
  if (node.quote === '"') return lowerString(json, node.start, node.end, node.text)
  return { kind: 'literal', place: place(json, node), value: node.value, quoted: false }
}

/** A string is a template: read it with the HCL grammar. Places inside it are those of the whole string, never edited. */
function lowerString(json: Json, start: number, end: number, text: string): Expr {
  const whole = { file: json.file, start, end }
  if (!/[$%]\{|\\/.test(text)) {
    return { kind: 'literal', place: { file: json.file, start: start + 1, end: end - 1 }, value: text, quoted: true }
  }
  const source = `x = "${text.replace(/\n/g, '\\n')}"\n`
  const tree = json.syntax.hcl(source)
  const lowered = 'kind' in tree ? undefined : lowerHcl(json.file, source, tree).attributes[0]?.value
  return lowered === undefined ? { kind: 'opaque', place: whole, parts: [] } : moved(lowered, whole)
}

/** Puts the string's place on every expression in it; literals inside become templates, so that none of them is a leaf. */
function moved(expression: Expr, place: Expr['place']): Expr {
  const next = (inner: Expr): Expr => moved(inner, place)
  switch (expression.kind) {
    case 'literal':
      return expression.value === null
        ? { ...expression, place }
        : { kind: 'template', place, parts: [String(expression.value)] }
    case 'template':
      return {
        ...expression,
        place,
        parts: expression.parts.map((part) => (typeof part === 'string' ? part : next(part))),
      }
    case 'reference':
      return {
        ...expression,
        place,
        steps: expression.steps.map((step) => (step.kind === 'index' ? { ...step, key: next(step.key) } : step)),
      }
    case 'call':
      return { ...expression, place, args: expression.args.map(next) }
    case 'conditional':
      return { ...expression, place, test: next(expression.test), yes: next(expression.yes), no: next(expression.no) }
    default:
      return { kind: 'opaque', place, parts: partsOf(expression).map(next) }
  }
}
