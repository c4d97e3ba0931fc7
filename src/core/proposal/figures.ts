import { dayMs, type IsoTime, type Percent } from '../model/units.js'
import { escaped, type Markdown, own } from './markdown.js'

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `no data` where there is none: a missing number is never printed as zero. */
const noData = own('no data')

/** @example dollars(1234.4) // '$1,234' */
export function dollars(usd: number | undefined): Markdown {
  if (usd === undefined) return noData
  const digits = usd !== 0 && Math.abs(usd) < 10 ? 2 : 0
  const text = Math.abs(usd).toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })
  return own(`${usd < 0 ? '−' : ''}$${text}`)
}

/** The price of one instance for one hour. @example hourlyPrice(0.192) // '$0.192' */
export function hourlyPrice(usd: number): Markdown {
  return own(`$${usd.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 4 })}`)
}

/** @example percent(29.04) // '29 %' */
export function percent(value: Percent | undefined, digits = 0): Markdown {
  return value === undefined ? noData : own(`${value.toFixed(digits)} %`)
}

/** @example signedPercent(-0.06) // '−6 %' */
export function signedPercent(part: number): Markdown {
  const value = Math.round(part * 100)
  return own(`${value < 0 ? '−' : '+'}${Math.abs(value)} %`)
}

/** @example count(2856.2) // '2,856' */
export function count(value: number | undefined, digits = 0): Markdown {
  if (value === undefined) return noData
  return own(value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits }))
}

/** @example minutes(1) // '1 minute' */
export function minutes(value: number): Markdown {
  return own(`${count(value)} minute${value === 1 ? '' : 's'}`)
}

/** @example dayOf('2026-11-16T09:05:00Z') // 'Mon 16 Nov' */
export function dayOf(at: IsoTime): Markdown {
  const date = new Date(at)
  return own(`${days[date.getUTCDay()]} ${date.getUTCDate()} ${months[date.getUTCMonth()]}`)
}

/** @example timeOfDay('2026-11-16T09:05:00Z') // 'Mon 16 Nov 09:05' */
export function timeOfDay(at: IsoTime): Markdown {
  return own(`${dayOf(at)} ${new Date(at).toISOString().slice(11, 16)}`)
}

/** @example dateOf('2026-07-20') // '20 Jul 2026' */
export function dateOf(day: string): Markdown {
  const date = new Date(day)
  if (Number.isNaN(date.getTime())) return escaped(day)
  return own(`${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`)
}

/** @example monthOf('2026-11') // 'November' */
export function monthOf(month: string): Markdown {
  const date = new Date(`${month}-01T00:00:00Z`)
  if (Number.isNaN(date.getTime())) return escaped(month)
  return own(date.toLocaleString('en-US', { month: 'long', timeZone: 'UTC' }))
}

/** @example windowOf('2026-11-09T00:00:00Z', '2026-11-23T00:00:00Z') // '9 – 23 Nov 2026 UTC' */
export function windowOf(startAt: IsoTime, endAt: IsoTime): Markdown {
  const start = new Date(startAt)
  const sameMonth = startAt.slice(0, 7) === endAt.slice(0, 7)
  const first = sameMonth ? String(start.getUTCDate()) : `${start.getUTCDate()} ${months[start.getUTCMonth()]}`
  return own(`${first} – ${dateOf(endAt.slice(0, 10))} UTC`)
}

/** Whole days between two times. */
export function daysBetween(startAt: IsoTime, endAt: IsoTime): number {
  return Math.round((Date.parse(endAt) - Date.parse(startAt)) / dayMs)
}
