import type { Settings } from '../../core/model/configuration.js'
import { TrimtabError } from '../../core/model/errors.js'

const largestGroup = 10_000

/** How each key of --set is read; a key that is not here is not replayed. */
const readers = {
  minSize: wholeNumber,
  desiredCapacity: wholeNumber,
  maxSize: wholeNumber,
  targetValue: percentValue,
  instanceType: typeName,
} as const satisfies Readonly<Record<string, (key: string, text: string) => string | number>>

/** The keys that --set takes. */
export const settableKeys = Object.keys(readers) as readonly (keyof typeof readers)[]

/**
 * The configuration of `--set KEY=VALUE …`. Unknown keys, keys given twice and values that are not wholly a number are
 * usage faults.
 * @example readSettings(['minSize=5', 'instanceType=m6i.large']) // { minSize: 5, instanceType: 'm6i.large' }
 */
export function readSettings(pairs: readonly string[]): Settings {
  const settings: Record<string, string | number> = {}
  for (const pair of pairs) {
    const cut = pair.indexOf('=')
    const key = cut < 0 ? pair : pair.slice(0, cut)
    if (cut < 0 || !isSettable(key)) throw usage(`expected ${settableKeys.join(', ')} as KEY=VALUE, got "${pair}"`)
    if (Object.hasOwn(settings, key)) throw usage(`${key}: expected once, got it twice`)
    settings[key] = readers[key](key, pair.slice(cut + 1))
  }
  if (pairs.length === 0) throw usage('expected at least one KEY=VALUE, such as minSize=5')
  return settings as Settings
}

function isSettable(key: string): key is keyof typeof readers {
  return Object.hasOwn(readers, key)
}

function wholeNumber(key: string, text: string): number {
  const value = Number(text)
  if (/^\d{1,5}$/.test(text) && value <= largestGroup) return value
  throw usage(`${key}: expected a whole number from 0 to ${largestGroup}, got "${text}"`)
}

function percentValue(key: string, text: string): number {
  const value = Number(text)
  if (/^\d{1,3}(\.\d{1,3})?$/.test(text) && value > 0 && value <= 100) return value
  throw usage(`${key}: expected a percentage above 0 and up to 100, got "${text}"`)
}

function typeName(key: string, text: string): string {
  if (/^[a-z0-9-]{2,20}\.[a-z0-9-]{2,20}$/.test(text)) return text
  throw usage(`${key}: expected an instance type such as m6i.large, got "${text}"`)
}

function usage(message: string): TrimtabError {
  return new TrimtabError('usage', `--set ${message}`)
}
