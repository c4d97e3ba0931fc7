import { dayMs } from '../model/units.js'

/** Days since 1970-01-01 of a date, `2026-11-23`. */
export function dayNumber(day: string): number {
  return Math.round(Date.parse(`${day.slice(0, 10)}T00:00:00Z`) / dayMs)
}

/** Day of the week, 0 for Monday. */
export function weekdayOf(day: string): number {
  return (((dayNumber(day) + 3) % 7) + 7) % 7
}

/**
 * All days of the month that a day is in, in order.
 * @example daysOfMonth('2026-02-11').length // 28
 */
export function daysOfMonth(day: string): readonly string[] {
  const first = dayNumber(`${day.slice(0, 7)}-01`)
  const days: string[] = []
  for (let number = first; ; number += 1) {
    const text = new Date(number * dayMs).toISOString().slice(0, 10)
    if (text.slice(0, 7) !== day.slice(0, 7)) return days
    days.push(text)
  }
}
