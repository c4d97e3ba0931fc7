import type { z } from 'zod'
import { didYouMean } from './did-you-mean.js'
import { keysAt } from './schema-keys.js'

/** One thing that is wrong with a configuration file. */
export interface ConfigFault {
  /** Line of the file, from 1. */
  readonly line: number
  /** The key in words, e.g. `environments.prod.mode`; empty for the file as a whole. */
  readonly path: string
  /** What was expected and what was met, e.g. `expected observe, propose or apply, got "auto"`. May quote the file. */
  readonly message: string
  /** The allowed word that was probably meant. */
  readonly didYouMean?: string
}

/**
 * A fault as one line, and a second where a word was probably meant (PAGES.md section 7).
 * @example faultText('.github/trimtab.yml', { line: 2, path: 'mode', message: 'expected observe, propose or apply, got "x"' })
 * // '.github/trimtab.yml:2: mode: expected observe, propose or apply, got "x"'
 */
export function faultText(file: string, fault: ConfigFault): string {
  const where = fault.path === '' ? `${file}:${fault.line}` : `${file}:${fault.line}: ${fault.path}`
  const first = `${where}: ${fault.message}`
  return fault.didYouMean === undefined
    ? first
    : `${first}\n  did you mean: ${fault.didYouMean}   (docs/configuration.md)`
}

/** A fault without its line, and the keys that lead to it. */
export interface FoundFault extends Omit<ConfigFault, 'line' | 'path'> {
  readonly keys: readonly PropertyKey[]
  /** True where the key itself is wrong, not its value. */
  readonly atKey: boolean
}

/** The faults of one issue of the schema; `root` is the value that was checked. */
export function faultsOfIssue(issue: z.core.$ZodIssue, schema: z.ZodType, root: unknown): readonly FoundFault[] {
  const keys = issue.path
  const value = valueAtKeys(root, keys)
  const got = `, got ${shown(value)}`
  const plain = (expected: string): FoundFault[] => [{ keys, atKey: false, message: `expected ${expected}${got}` }]
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey([...keys, key], keysAt(schema, keys)))
    case 'invalid_value': {
      const allowed = issue.values.map(String)
      const meant = didYouMean(String(value), allowed)
      return plain(orList(allowed)).map((fault) => (meant === undefined ? fault : { ...fault, didYouMean: meant }))
    }
    case 'invalid_type':
      return plain(typeWords[issue.expected] ?? issue.expected)
    case 'too_small':
      return plain(`${sizeWords(issue.origin)}at least ${issue.minimum}`)
    case 'too_big':
      return plain(`${sizeWords(issue.origin)}at most ${issue.maximum}`)
    case 'not_multiple_of':
      return plain(`a multiple of ${issue.divisor}`)
    case 'invalid_key':
      return [{ keys, atKey: true, message: `expected ${issue.issues[0]?.message}, got ${shown(keys.at(-1))}` }]
    default:
      return plain(issue.message)
  }
}

const typeWords: Readonly<Record<string, string>> = {
  boolean: 'true or false',
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  object: 'keys with values',
  record: 'names with settings',
  array: 'a list',
}

function sizeWords(origin: string): string {
  if (origin === 'string') return 'text with a length of '
  return origin === 'array' ? 'a list with a length of ' : ''
}

function unknownKey(keys: readonly PropertyKey[], allowed: readonly string[]): FoundFault {
  const word = String(keys.at(-1))
  const meant = didYouMean(word, allowed)
  const message = `unknown key, expected one of ${allowed.join(', ')}`
  return { keys, atKey: true, message, ...(meant === undefined ? {} : { didYouMean: meant }) }
}

function valueAtKeys(root: unknown, keys: readonly PropertyKey[]): unknown {
  let value = root
  for (const key of keys) {
    if (typeof value !== 'object' || value === null) return undefined
    value = (value as Record<PropertyKey, unknown>)[key]
  }
  return value
}

/** A met value, short and on one line. */
function shown(value: unknown): string {
  if (value === undefined || value === null) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'keys with values'
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value)
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}

/** @example orList(['observe', 'propose', 'apply']) // 'observe, propose or apply' */
export function orList(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}
