import { linearRegression, mean } from 'simple-statistics'
import type { CostPoint } from '../model/cost.js'
import type { Percent } from '../model/units.js'
import { dayNumber } from './calendar.js'

/** Fewest points of which a trend is stated. */
export const pointsForTrend = 3
/** Change over 30 days under which cost counts as stable even where the slope is certain. */
export const stablePercent: Percent = 1

/** How cost moves: the slope, what it means over 30 days, and whether it can be told from noise. */
export interface CostTrend {
  readonly usdPerDay: number
  readonly percentPer30Days: Percent
  readonly direction: 'rising' | 'falling' | 'stable'
  readonly points: number
}

/**
 * Least-squares slope of daily or monthly costs over their dates (S34). Points after `settledUntil`
 * are still rising and left out; leave a partial month out too. *stable* only where
 * the slope is under two standard errors, or under 1 % in 30 days. Undefined under three points or without cost.
 */
export function costTrend(all: readonly CostPoint[], settledUntil?: string): CostTrend | undefined {
  const points = all.filter((point) => settledUntil === undefined || point.day <= settledUntil)
  const level = points.length === 0 ? undefined : mean(points.map((point) => point.usd))
  if (points.length < pointsForTrend || level === undefined || level <= 0) return undefined
  const samples = points.map((point): [number, number] => [dayNumber(point.day), perDay(point, points)])
  const { m: slope, b: offset } = linearRegression(samples)
  const daily = mean(samples.map(([, usd]) => usd))
  const percentPer30Days = ((slope * 30) / daily) * 100
  const certain = Math.abs(slope) > 2 * standardError(samples, slope, offset)
  const moving = certain && Math.abs(percentPer30Days) >= stablePercent
  return {
    usdPerDay: slope,
    percentPer30Days,
    direction: !moving ? 'stable' : slope > 0 ? 'rising' : 'falling',
    points: points.length,
  }
}

/** Months have 28 to 31 days: monthly points are compared by their cost a day. */
function perDay(point: CostPoint, points: readonly CostPoint[]): number {
  const monthly = points.every(({ day }) => day.endsWith('-01'))
  if (!monthly) return point.usd
  const next = new Date(`${point.day.slice(0, 7)}-01T00:00:00Z`)
  next.setUTCMonth(next.getUTCMonth() + 1)
  return point.usd / (dayNumber(next.toISOString()) - dayNumber(point.day))
}

function standardError(samples: readonly (readonly [number, number])[], slope: number, offset: number): number {
  const centre = mean(samples.map(([x]) => x))
  const spread = samples.reduce((sum, [x]) => sum + (x - centre) ** 2, 0)
  const residual = samples.reduce((sum, [x, y]) => sum + (y - offset - slope * x) ** 2, 0)
  return Math.sqrt(residual / Math.max(samples.length - 2, 1) / spread)
}
