import type { GroupAddress, Refused } from '../model/code.js'
import { refused } from './refusal.js'

/** A live group to look for. */
export interface WantedGroup {
  readonly name: string
  readonly tags: Readonly<Record<string, string>>
  readonly stack?: { readonly name: string; readonly logicalId: string }
}

/** A definition that may be the group's; `strength` 3: the exact name or stack, 2: a name template, 1: tags alone. */
export interface Candidate {
  readonly address: GroupAddress
  readonly strength: 1 | 2 | 3
  readonly text: string
}

/**
 * True when a partly known name can be the real one. Unknown parts stand for at least one character; at least three
 * characters have to be known. No regular expression: the time is linear in both lengths.
 * @example fitsShape(['web-', undefined], 'web-prod') // true
 */
export function fitsShape(shape: readonly (string | undefined)[], name: string): boolean {
  const known = shape.filter((part) => part !== undefined).join('')
  if (known.replace(/[^a-zA-Z0-9]/g, '').length < 3) return false
  const [first] = shape
  const last = shape.at(-1)
  let at = 0
  let free = false
  for (const [index, part] of shape.entries()) {
    if (part === undefined) {
      free = true
      continue
    }
    const lastPart = index === shape.length - 1
    const found = lastPart && free ? name.length - part.length : name.indexOf(part, free ? at + 1 : at)
    if (found < at || (!free && found !== at) || (free && found <= at) || !name.startsWith(part, found)) return false
    at = found + part.length
    free = false
  }
  return first !== '' && (last === undefined ? at < name.length : at === name.length)
}

/** The strongest candidate when there is exactly one; otherwise the refusal that names them. */
export function choose(candidates: readonly Candidate[]): GroupAddress | Refused {
  const unique = [
    ...new Map(
      candidates.map((one) => [`${one.address.rootModule}|${one.address.address}|${one.address.file}`, one]),
    ).values(),
  ]
  for (const strength of [3, 2, 1]) {
    const best = unique.filter((one) => one.strength === strength)
    const [only, second] = best
    if (only !== undefined && second === undefined) return only.address
    if (only !== undefined)
      return refused(
        'several-candidates',
        best.map((one) => ({ file: one.address.file, line: one.address.line, text: one.text })),
      )
  }
  return refused('not-found', [])
}
