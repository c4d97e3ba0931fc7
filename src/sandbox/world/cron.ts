/**
 * Whether a cron line of five fields (minute hour day-of-month month day-of-week, UTC) names the minute of an instant.
 * Fields take `*`, numbers, ranges, lists and steps; Sunday is 0 or 7. As in cron, two restricted day fields are
 * alternatives.
 *
 * @example cronNames('0 19 * * 1-5', Date.parse('2026-03-02T19:00:00Z')) // true, a Monday
 */
export function cronNames(line: string, atMs: number): boolean {
  const at = new Date(atMs)
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = line.trim().split(/\s+/)
  const dayFits = fieldNames(day, at.getUTCDate(), 1, 31)
  const weekdayFits =
    fieldNames(weekday, at.getUTCDay(), 0, 6) || (at.getUTCDay() === 0 && fieldNames(weekday, 7, 0, 7))
  const either = day !== '*' && weekday !== '*' ? dayFits || weekdayFits : dayFits && weekdayFits
  return (
    fieldNames(minute, at.getUTCMinutes(), 0, 59) &&
    fieldNames(hour, at.getUTCHours(), 0, 23) &&
    fieldNames(month, at.getUTCMonth() + 1, 1, 12) &&
    either
  )
}

function fieldNames(field: string, value: number, lowest: number, highest: number): boolean {
  return field.split(',').some((part) => {
    const [range = '', step] = part.split('/')
    const [from, until] = range === '*' ? [lowest, highest] : range.split('-').map(Number)
    const first = from ?? Number.NaN
    const last = until ?? (step === undefined ? first : highest)
    return value >= first && value <= last && (value - first) % Number(step ?? 1) === 0
  })
}
