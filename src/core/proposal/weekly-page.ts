import type { UsdPerMonth } from '../model/units.js'
import { type Chart, chart, chartColours } from './chart.js'
import type { CostSection } from './cost-sections.js'
import { dateOf, dollars, monthOf, percent, signedPercent } from './figures.js'
import { code, escaped, type Markdown, md, own } from './markdown.js'
import { markerOf } from './marker.js'
import type { PageView } from './pages.js'

export interface WeeklyPage {
  /** ISO week, e.g. `2026-W47`. */
  readonly week: string
  /** Cost of the managed groups this week and the week before, from instance-hours × price; undefined: unknown. */
  readonly thisWeekUsd: number | undefined
  readonly lastWeekUsd: number | undefined
  /** The account's month at its end, from Cost Explorer; absent where that could not be read. */
  readonly projection?: {
    readonly month: string
    readonly usd: number
    readonly plusMinusUsd: number
    readonly budgetUsd: UsdPerMonth
    readonly overBudget: boolean
  }
  readonly trend?: string
  readonly ledger: {
    readonly identified: UsdPerMonth
    readonly proposed: UsdPerMonth
    readonly merged: UsdPerMonth
    readonly verified: UsdPerMonth
  }
  readonly potentialPercent: number | undefined
  readonly daily: readonly { readonly day: string; readonly usd: number }[]
  readonly groups: readonly {
    readonly name: string
    readonly weekUsd: number | undefined
    readonly monthUsd: number | undefined
    /** Undefined: nothing to save there. */
    readonly identifiedUsd: UsdPerMonth | undefined
  }[]
  /** Groups whose cost moved most against last week, and the change of ours that may have moved it. */
  readonly moves: readonly {
    readonly name: string
    readonly usd: number
    readonly change?: { readonly title: string; readonly link?: string }
  }[]
  readonly next: readonly { readonly title: string; readonly link?: string; readonly monthlyUsd: UsdPerMonth }[]
  readonly blindSpots: readonly string[]
  /** Folded parts, in the order in which they stand. */
  readonly sections: readonly CostSection[]
  readonly sources: readonly string[]
}

/** Lines of the longest lists: GitHub refuses a body of more than 65,536 characters, and nobody reads one. */
const mostGroups = 100
const mostBlindSpots = 20
const sectionsLimit = 20_000

/** @example weeklyTitle('2026-W47') // 'Trimtab: week 47 of 2026' */
export function weeklyTitle(week: string): string {
  const [year, number] = week.split('-W')
  return `Trimtab: week ${number} of ${year}`
}

/** The page for a lead on Monday: what it cost, where the month lands, what was saved, what is next. */
export function weeklyView(page: WeeklyPage): PageView {
  return {
    headline: own(`${[costLine(page), projectionLine(page)].filter(Boolean).join('; ')}.`),
    ledger: ledgerLine(page),
    picture: dailyChart(page),
    moves: page.moves.length > 0 ? own(page.moves.slice(0, 5).map(moveWords).join(' · ')) : undefined,
    groups: groupRows(page.groups),
    next: page.next.slice(0, 5).map(nextLine),
    blindSpots: [
      ...page.blindSpots.slice(0, mostBlindSpots).map((spot) => escaped(spot, 400)),
      ...(page.blindSpots.length > mostBlindSpots ? [md`and ${page.blindSpots.length - mostBlindSpots} more`] : []),
    ],
    sections: fitting(page.sections).map(({ title, lines }) => ({ title, lines })),
    sources: page.sources.map((source) => escaped(source)),
    marker: markerOf('weekly', page.week),
  }
}

/** The folded parts as far as they leave room for the rest of the page, the first ones first. */
function fitting(sections: readonly CostSection[]): readonly CostSection[] {
  let left = sectionsLimit
  return sections.filter(({ title, lines }) => {
    const length = title.length + lines.reduce((sum, line) => sum + line.length + 1, 0)
    if (length > left) return false
    left -= length
    return true
  })
}

/** One row a group; of more than fit, those with the most to save, then the dearest, and how many are left out. */
function groupRows(groups: WeeklyPage['groups']): readonly Markdown[] {
  const telling =
    groups.length <= mostGroups
      ? groups
      : [...groups].sort((a, b) => worth(b.identifiedUsd, a.identifiedUsd) || worth(b.monthUsd, a.monthUsd))
  const rows = telling
    .slice(0, mostGroups)
    .map(
      (group) =>
        md`| ${code(group.name)} | ${dollars(group.weekUsd)} | ${dollars(group.monthUsd)} | ${group.identifiedUsd === undefined ? own('–') : dollars(group.identifiedUsd)} |`,
    )
  const left = groups.length - rows.length
  return left > 0 ? [...rows, md`| and ${left} more | | | |`] : rows
}

/** Positive where `a` is more than `b`; an unknown sum comes last. */
function worth(a: number | undefined, b: number | undefined): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined)
  return a - b
}

function costLine(page: WeeklyPage): Markdown {
  const week = own(page.week.split('-W')[1] as string)
  if (page.thisWeekUsd === undefined) return md`Week ${week}: the cost of the groups is unknown`
  const change = page.lastWeekUsd
    ? md`, ${signedPercent(page.thisWeekUsd / page.lastWeekUsd - 1)} on last week`
    : own('')
  return md`Week ${week}: ${dollars(page.thisWeekUsd)}${change}`
}

function projectionLine(page: WeeklyPage): Markdown | undefined {
  const { projection } = page
  if (!projection) return undefined
  const over = projection.overBudget ? own(', **over the budget**') : own('')
  return md`the account's ${monthOf(projection.month)} lands at ${dollars(projection.usd)} ± ${dollars(projection.plusMinusUsd)} (the groups' budget: ${dollars(projection.budgetUsd)}${over})`
}

function ledgerLine(page: WeeklyPage): Markdown {
  const { identified, proposed, merged, verified } = page.ledger
  const potential =
    page.potentialPercent === undefined
      ? own('')
      : md` · potential ${percent(page.potentialPercent)} of the groups' monthly cost`
  return md`identified ${dollars(identified)} · proposed ${dollars(proposed)} · merged ${dollars(merged)} · **verified ${dollars(verified)}**${potential}`
}

function dailyChart(page: WeeklyPage): Markdown | undefined {
  if (page.daily.length < 2) return undefined
  const picture: Chart = {
    title: `cost of the account by day${page.trend ? `: ${page.trend}` : ''}`,
    xTitle: `day, from ${dateOf(page.daily[0]?.day ?? '')}, UTC`,
    yLabel: 'USD',
    xLabels: page.daily.map(({ day }) => dayLabel(day)),
    lines: [{ kind: 'bar', values: page.daily.map((point) => point.usd), colour: chartColours.today }],
  }
  return chart(picture)
}

/** The day of the month; the first of a month with its name. */
function dayLabel(day: string): string {
  const [date = day, month = ''] = dateOf(day).split(' ')
  return date === '1' ? `${date} ${month}` : date
}

/** @example moveWords({ name: 'batch', usd: -310 }) // '−$310 `batch`' */
function moveWords({ name, usd, change }: WeeklyPage['moves'][number]): Markdown {
  const sign = own(usd < 0 ? '' : '+')
  const why = change === undefined ? own('') : md` (${nextLine({ ...change, monthlyUsd: usd })})`
  return md`${sign}${dollars(usd)} ${code(name)}${why}`
}

/** The page's number, then its title, which names the gain already. */
function nextLine(item: WeeklyPage['next'][number]): Markdown {
  return item.link ? md`${own(item.link)} ${code(item.title)}` : code(item.title)
}
