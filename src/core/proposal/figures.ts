import type { IsoTime, Percent } from '../model/units.js'
import { type Markdown, own } from './markdown.js'

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `no data` where there is none: a missing number is never printed as zero. */
const noData = own('no data')

/** @example dollars(1234.4) // '$1,234' */
export function dollars(usd: number | undefined): Markdown {
  if (usd === undefined) return noData
  const digits = Math.abs(usd) < 10 ? 2 : 0
  const text = Math.abs(usd).toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })
  return own(`${usd < 0 ? '−' : ''}$${text}`)
}

/** @example percent(29.04) // '29 %' */
export function percent(value: Percent | undefined, digits = 0): Markdown {
  return value === undefined ? noData : own(`${value.toFixed(digits)} %`)
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

/** @example windowOf('2026-11-09T00:00:00Z', '2026-11-23T00:00:00Z') // '9 Nov – 23 Nov 2026 UTC' */
export function windowOf(startAt: IsoTime, endAt: IsoTime): Markdown {
  const start = new Date(startAt)
  const end = new Date(endAt)
  const short = (date: Date) => `${date.getUTCDate()} ${months[date.getUTCMonth()]}`
  return own(`${short(start)} – ${short(end)} ${end.getUTCFullYear()} UTC`)
}
