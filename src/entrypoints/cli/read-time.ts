import { TrimtabError } from '../../core/model/errors.js'

const written = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?Z)?$/

/**
 * A UTC time as people and our own pages write it; a date alone is its midnight. Anything else is a usage fault: a day
 * that the calendar lacks too.
 * @example readTime('--until', '2026-11-23T10:00Z').toISOString() // '2026-11-23T10:00:00.000Z'
 */
export function readTime(option: string, text: string): Date {
  const date = written.test(text) ? new Date(text) : undefined
  const sameDay = date && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text.slice(0, 10))
  if (date && sameDay) return date
  throw new TrimtabError('usage', `${option}: expected a UTC time such as 2026-11-23T10:00Z, got "${text}"`)
}
