import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument, type YAMLMap } from 'yaml'
import { type ConfigFault, type FoundFault, faultsOfIssue } from './config-fault.js'
import { environmentNameOf } from './environment-of.js'
import { type RepositoryConfig, repositoryConfigSchema } from './repository-config.js'
import { limitFaultOf } from './yaml-limits.js'

export type { ConfigFault } from './config-fault.js'

/** A configuration, or everything that is wrong with it: then nothing is done for its repository. */
export type ReadConfig =
  | { readonly kind: 'config'; readonly config: RepositoryConfig }
  | { readonly kind: 'faults'; readonly faults: readonly ConfigFault[] }

/** Aliases that may be expanded; a file that multiplies itself is refused. */
const maxAliases = 50

/**
 * Reads the text of `.github/trimtab.yml`. Size and nesting are measured before the parser sees it; unknown keys and bad
 * values are reported all at once, in order of lines. `file` is only the name in messages of the parser. Never throws.
 */
export function readRepositoryConfig(text: string, file: string): ReadConfig {
  const limit = limitFaultOf(text)
  if (limit) return { kind: 'faults', faults: [{ ...limit, path: '' }] }
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  if (document.errors.length > 0) {
    const faults = document.errors.map((error) => ({
      line: lines.linePos(error.pos[0]).line,
      path: '',
      message: `${file} is not readable as YAML: ${error.message.split(/ at line |\n/)[0]}`,
    }))
    return { kind: 'faults', faults }
  }
  const value = plainValue(document)
  if (value.kind === 'refused') return { kind: 'faults', faults: [{ line: 1, path: '', message: value.why }] }
  const root = value.value ?? {}
  const parsed = repositoryConfigSchema.safeParse(root)
  if (parsed.success) {
    const twice = namedTwice(parsed.data)
    if (twice.length === 0) return { kind: 'config', config: parsed.data }
    return { kind: 'faults', faults: twice.map((fault) => located(fault, document, lines)) }
  }
  const found = parsed.error.issues.flatMap((issue) => faultsOfIssue(issue, repositoryConfigSchema, root))
  const faults = found.map((fault) => located(fault, document, lines))
  return { kind: 'faults', faults: faults.sort((a, b) => a.line - b.line) }
}

function plainValue(document: Document): { kind: 'value'; value: unknown } | { kind: 'refused'; why: string } {
  try {
    return { kind: 'value', value: document.toJS({ maxAliasCount: maxAliases }) }
  } catch (error) {
    return { kind: 'refused', why: `expected at most ${maxAliases} uses of aliases: ${(error as Error).message}` }
  }
}

/** `prod` and `production` are one environment: two sections of it would leave open which one wins. */
function namedTwice(config: RepositoryConfig): readonly FoundFault[] {
  const seen = new Map<string, string>()
  return Object.keys(config.environments ?? {}).flatMap((key): FoundFault[] => {
    const name = environmentNameOf(key)
    const first = seen.get(name)
    seen.set(name, key)
    if (first === undefined) return []
    return [
      { keys: ['environments', key], atKey: true, message: `expected ${name} once, it is already set as ${first}` },
    ]
  })
}

function located(fault: FoundFault, document: Document, lines: LineCounter): ConfigFault {
  const { keys, atKey, ...rest } = fault
  return { ...rest, line: lineOf(keys, document, lines), path: keys.map(String).join('.') }
}

/** Line of the last key that the file really has. */
function lineOf(keys: readonly PropertyKey[], document: Document, lines: LineCounter): number {
  let node: unknown = document.contents
  let offset = 0
  for (const key of keys) {
    const next = isMap(node) ? pairOf(node, key) : undefined
    if (next) {
      offset = isNode(next.key) ? (next.key.range?.[0] ?? offset) : offset
      node = next.value
    } else {
      node = typeof key === 'number' && isNode(node) ? itemOf(node, key) : undefined
      if (isNode(node)) offset = node.range?.[0] ?? offset
    }
  }
  return lines.linePos(offset).line
}

function pairOf(map: YAMLMap, key: PropertyKey) {
  return map.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === String(key))
}

function itemOf(node: unknown, index: number): unknown {
  return typeof node === 'object' && node !== null && 'items' in node
    ? (node.items as readonly unknown[])[index]
    : undefined
}
