import { parse as parseYaml } from 'yaml'
import { readJson } from '../../core/iac/json-reader.js'
import { tooLarge } from '../../core/iac/limits.js'
import { readYaml } from './yaml-tree.js'

/**
 * All values of a file as the second, independent parser reads them: HashiCorp's own for HCL, JSON.parse for JSON, the
 * tokens of a TypeScript program, the YAML parser with its tags kept for the rest. Throws when it rejects the text: no proof, no edit.
 */
export async function provedValues(file: string, text: string): Promise<unknown> {
  if (/\.[mc]?tsx?$/.test(file)) return scriptValues(file, text)
  const kind = kindOf(file, text)
  const capped = tooLarge(text, kind)
  if (capped) throw new Error(`reading ${file} for the proof: ${capped.message}`)
  if (kind === 'hcl') {
    const { hclValues } = await import('./hcl-values.js')
    return hclValues(file, text.startsWith('\uFEFF') ? text.slice(1) : text)
  }
  const strict = kind === 'yaml' ? readYaml(text) : readJson(text)
  if (strict.kind === 'fault') throw new Error(`reading ${file} for the proof: ${strict.message}`)
  if (kind === 'yaml') return yamlValues(text)
  return JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text)
}

/** Every token of a program, comments too: where just one differs, just one value does. */
async function scriptValues(file: string, text: string): Promise<unknown> {
  const { scriptTokens } = await import('./typescript-tree.js')
  const tokens = scriptTokens(text, file.endsWith('.tsx'))
  if ('reason' in tokens) throw new Error(`reading ${file} for the proof: ${tokens.message}`)
  return tokens
}

function kindOf(file: string, text: string): 'hcl' | 'yaml' | 'json' {
  if (/\.(tf|tfvars|hcl|tofu)$/.test(file)) return 'hcl'
  if (file.endsWith('.json')) return 'json'
  return /^\uFEFF?\s*\{/.test(text) && !/\.ya?ml$/.test(file) ? 'json' : 'yaml'
}

/**
 * Short tags become part of the value, so that `!Ref A` and `A` differ. That no key stands twice has been seen by then: to
 * ask here costs seconds on twenty thousand keys.
 */
function yamlValues(text: string): unknown {
  return parseYaml(text, {
    logLevel: 'error',
    uniqueKeys: false,
    maxAliasCount: 100,
    customTags: (tags) => [...tags, ...intrinsicTags()],
  })
}

const intrinsicNames = [
  'Ref',
  'Sub',
  'GetAtt',
  'If',
  'Equals',
  'And',
  'Or',
  'Not',
  'FindInMap',
  'Join',
  'Select',
  'Split',
  'ImportValue',
  'Base64',
  'Cidr',
  'GetAZs',
  'Condition',
  'Transform',
  'Length',
  'ToJsonString',
  'ForEach',
] // prettier-ignore

function intrinsicTags() {
  return intrinsicNames.flatMap((name) => [
    { tag: `!${name}`, resolve: (value: string) => ({ [`!${name}`]: value }) },
    {
      tag: `!${name}`,
      collection: 'seq' as const,
      resolve: (value: { toJSON(): unknown }) => ({ [`!${name}`]: value.toJSON() }),
    },
    {
      tag: `!${name}`,
      collection: 'map' as const,
      resolve: (value: { toJSON(): unknown }) => ({ [`!${name}`]: value.toJSON() }),
    },
  ])
}
