import { dayMs } from '../model/units.js'

/**
 * The ISO 8601 week of a moment in a time zone.
 * @example isoWeekOf(new Date('2026-11-23T10:00:00Z'), 'UTC') // '2026-W48'
 */
export function isoWeekOf(at: Date, timeZone: string): string {
  const [year = '', month = '', day = ''] = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  })
    .format(at)
    .split('-')
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  const weekday = (date.getUTCDay() + 6) % 7
  const thursday = new Date(date.getTime() + (3 - weekday) * dayMs)
  const firstThursday = new Date(Date.UTC(thursday.getUTCFullYear(), 0, 4))
  const firstMonday = firstThursday.getTime() - ((firstThursday.getUTCDay() + 6) % 7) * dayMs
  const week = Math.floor((thursday.getTime() - firstMonday) / (7 * dayMs)) + 1
  return `${thursday.getUTCFullYear()}-W${String(week).padStart(2, '0')}`
}

/**
 * The first day of an ISO week.
 * @example mondayOf('2026-W48') // '2026-11-23'
 */
export function mondayOf(week: string): string {
  const [year = '', number = ''] = week.split('-W')
  const fourth = new Date(Date.UTC(Number(year), 0, 4))
  const firstMonday = fourth.getTime() - ((fourth.getUTCDay() + 6) % 7) * dayMs
  return new Date(firstMonday + (Number(number) - 1) * 7 * dayMs).toISOString().slice(0, 10)
}
