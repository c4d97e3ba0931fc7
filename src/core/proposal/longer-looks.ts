import type { UsdPerHour, UsdPerMonth } from '../model/units.js'
import type { CostSection } from './cost-sections.js'
import { count, dollars, hourlyPrice, monthOf, signedPercent } from './figures.js'
import { type Markdown, md, own } from './markdown.js'

/** A period's cost beside the one before it and the same one a year earlier; undefined where Cost Explorer lacks it. */
export interface ComparedCost {
  readonly usd: number | undefined
  readonly before: number | undefined
  readonly yearBefore: number | undefined
}

export interface MonthLook {
  /** `2026-10`. */
  readonly month: string
  readonly cost: ComparedCost
  readonly merged: { readonly changes: number; readonly usd: UsdPerMonth }
  readonly measured: { readonly changes: number; readonly kept: number; readonly usd: UsdPerMonth }
}

/** The month's assessment: what it cost, what was merged in it, which promises were kept. */
export function monthSection({ month, cost, merged, measured }: MonthLook): CostSection {
  return {
    title: md`The month: ${monthOf(month)} ${own(month.slice(0, 4))}`,
    lines: [
      md`- the account: ${comparedWords(cost, own('the month before'))}`,
      md`- merged: ${counted(merged.changes, 'change')}, ${dollars(merged.usd)} a month promised`,
      md`- measured: ${measured.kept} of ${measured.changes} promises kept, ${dollars(measured.usd)} a month verified`,
    ],
  }
}

export interface QuarterLook {
  /** Its first month, `2026-07`. */
  readonly from: string
  readonly cost: ComparedCost
  /** Over all whole months that are known. */
  readonly trend: { readonly direction: string; readonly percentPer30Days: number; readonly months: number } | undefined
  readonly dearest: string | undefined
  readonly cheapest: string | undefined
  readonly coverableUsdPerHour: UsdPerHour
  readonly groupsReachingMaximum: number
}

/** What to plan the next quarter by: growth, season, commitments, groups that outgrow their maximum. */
export function quarterSection(look: QuarterLook): CostSection {
  const { from, cost, trend, dearest, cheapest } = look
  const quarter = own(`Q${Math.ceil(Number(from.slice(5, 7)) / 3)} ${from.slice(0, 4)}`)
  const season = dearest !== undefined && cheapest !== undefined && dearest !== cheapest
  return {
    title: md`The quarter: ${quarter}, and what to plan by`,
    lines: [
      md`- the account: ${comparedWords(cost, own('the quarter before'))}`,
      trend
        ? md`- growth: ${own(trend.direction)}, ${signedPercent(trend.percentPer30Days / 100)} each 30 days over ${trend.months} months`
        : own('- growth: too few months are known'),
      ...(season
        ? [md`- season: of the last year ${monthOf(dearest)} was the dearest month, ${monthOf(cheapest)} the cheapest`]
        : []),
      look.coverableUsdPerHour > 0
        ? md`- commitments: ${hourlyPrice(look.coverableUsdPerHour)} an hour on demand runs all the time and is not known to be covered`
        : own('- commitments: nothing runs all the time uncovered'),
      md`- capacity: ${counted(look.groupsReachingMaximum, 'group')} would reach the maximum within a year`,
    ],
  }
}

function comparedWords({ usd, before, yearBefore }: ComparedCost, earlier: Markdown): Markdown {
  if (usd === undefined) return own('not known for all of it')
  const on = (then: number | undefined, words: Markdown) =>
    then === undefined || then <= 0 ? own('') : md`, ${signedPercent(usd / then - 1)} on ${words}`
  return md`${dollars(usd)}${on(before, earlier)}${on(yearBefore, own('the year before'))}`
}

function counted(number: number, noun: string): Markdown {
  return md`${count(number)} ${own(`${noun}${number === 1 ? '' : 's'}`)}`
}
