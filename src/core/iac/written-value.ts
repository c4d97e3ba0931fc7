import type { CodeScalar } from '../model/code.js'

/**
 * The new value in the manner of the old one: `50.0` → `60.0`. Undefined when it cannot stand there (a word for a number,
 * characters that would need escaping).
 * @example writtenAs('50.0', 60) // '60.0'
 */
export function writtenAs(oldText: string, wanted: CodeScalar): string | undefined {
  if (typeof wanted === 'boolean') return undefined
  if (typeof wanted === 'string') return /^[\w.\-/:+@]+$/.test(wanted) ? wanted : undefined
  if (!Number.isFinite(wanted) || Math.abs(wanted) > 1e9 || wanted < 0) return undefined
  if (!/^\d+(\.\d+)?$/.test(oldText)) return undefined
  const places = oldText.split('.')[1]?.length
  const plain = String(wanted)
  if (!/^\d+(\.\d+)?$/.test(plain)) return undefined
  if (places === undefined || (plain.split('.')[1]?.length ?? -1) >= places) return plain
  return wanted.toFixed(places)
}

/** True when a value in code and a live value are the same: `"4"` and 4, `50.0` and 50. */
export function sameScalar(code: CodeScalar | null, live: CodeScalar): boolean {
  if (code === null) return false
  if (typeof live === 'number') return typeof code !== 'boolean' && String(code).trim() !== '' && Number(code) === live
  return String(code) === String(live)
}
