import { hashAt } from '../demand/random-at.js'

/** Lower-case hex digits that depend on nothing but the numbers given. */
export function hexAt(seed: number, stream: number, index: number, digits: number): string {
  let text = ''
  for (let part = 0; text.length < digits; part += 1) {
    text += hashAt(seed, stream * 64 + part, index)
      .toString(16)
      .padStart(8, '0')
  }
  return text.slice(0, digits)
}

/** A UUID (version 4 in form) that depends on nothing but the numbers given. */
export function uuidAt(seed: number, stream: number, index: number): string {
  const hex = hexAt(seed, stream, index, 32)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`
}

/** An instant as the sentences of scaling activities write it. */
export function causeTime(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 19)}Z`
}
