import { type CostPoint, monthsAfter } from '../model/cost.js'
import type { TypeRow } from '../model/instance-type.js'
import type { RecommendationType } from '../model/recommendation.js'
import type { IsoTime, Percent, UsdPerHour, UsdPerMonth } from '../model/units.js'
import { count, dateOf, dollars, hourlyPrice, monthOf, percent, signedPercent } from './figures.js'
import { code, escaped, type Markdown, md, own } from './markdown.js'

/** A folded part of the cost issue: what it is about, and its lines. */
export interface CostSection {
  readonly title: Markdown
  readonly lines: readonly Markdown[]
}

/** Lines of one section: nobody reads more. */
const mostLines = 20

/** Costs by service or usage type, largest first; a credit has no share. */
export function breakdownSection(
  title: string,
  lines: readonly { readonly name: string; readonly usd: number; readonly sharePercent: Percent | undefined }[],
): CostSection | undefined {
  const rows = lines.map(
    ({ name, usd, sharePercent }) => md`| ${escaped(name, 80)} | ${dollars(usd)} | ${share(sharePercent)} |`,
  )
  return sectionOf(own(title), rows, [own('| | 30 days | share |'), own('|---|---|---|')])
}

/** Whole months, newest first, each beside the one before it and the same month a year earlier where that is known. */
export function monthsSection(months: readonly CostPoint[], running: string): CostSection | undefined {
  const whole = months.filter(({ day }) => day.slice(0, 7) < running)
  const rows = whole
    .map((point) => {
      const month = point.day.slice(0, 7)
      const [before, yearBefore] = [-1, -12].map((months) =>
        whole.find(({ day }) => day.startsWith(monthsAfter(month, months))),
      )
      return md`| ${monthOf(month)} ${own(month.slice(0, 4))} | ${dollars(point.usd)} | ${changeFrom(before, point)} | ${changeFrom(yearBefore, point)} |`
    })
    .reverse()
  const head = [own('| month | cost | on the month before | on the year before |'), own('|---|---|---|---|')]
  return sectionOf(own('Months of the account'), rows, head)
}

export interface TypePrices {
  readonly group: string
  readonly types: readonly TypeRow[]
}

/** The group's own type, and the cheapest other one where it costs less. */
function ownAndCheaper(types: TypePrices['types']): TypePrices['types'] {
  const [own, other] = types
  if (!own) return []
  return other && other.onDemandUsdPerHour < own.onDemandUsdPerHour ? [own, other] : [own]
}

/** Each group's type beside its cheapest alternative, on demand and on spot in the group's own zones. */
export function typesSection(groups: readonly TypePrices[]): CostSection | undefined {
  const rows = groups.flatMap(({ group, types }) =>
    ownAndCheaper(types).map(
      (type, at) =>
        md`| ${at === 0 ? code(group) : own('')} | ${code(type.name)}${at === 0 ? own('') : own(' (cheapest alternative)')} | ${count(type.vcpus)} · ${count(type.memoryGiB)} GiB | ${hourlyPrice(type.onDemandUsdPerHour)} | ${type.spotUsdPerHour === undefined ? own('no data') : hourlyPrice(type.spotUsdPerHour)} | ${type.spotSavingPercent === undefined ? own('–') : percent(type.spotSavingPercent)} |`,
    ),
  )
  const sources = [...new Set(groups.flatMap(({ types }) => types.map(({ priceSource }) => priceSource)))]
  const head = [
    own('| group | type | vCPUs · memory | on demand, $ an hour | spot, dearest of its zones | spot is less by |'),
    own('|---|---|---|---|---|---|'),
  ]
  const found = sectionOf(own('Instance types and spot prices, side by side'), rows, head)
  return (
    found && { ...found, lines: [...found.lines, own(''), md`Prices: ${escaped(sources.slice(0, 3).join('; '))}.`] }
  )
}

/** What commitments could cover: for people to weigh, never proposed and never bought by Trimtab. */
export function commitmentsSection(
  groups: readonly {
    readonly group: string
    readonly instances: number
    readonly usdPerHour: UsdPerHour
    readonly savingUsdPerMonth: UsdPerMonth | undefined
  }[],
): CostSection | undefined {
  const rows = groups.map(
    ({ group, instances, usdPerHour, savingUsdPerMonth }) =>
      md`| ${code(group)} | ${count(instances)} | ${hourlyPrice(usdPerHour)} | ${savingUsdPerMonth === undefined ? own('no data') : dollars(savingUsdPerMonth)} |`,
  )
  const head = [
    own('| group | instances that always run | on demand, $ an hour | a commitment saves a month |'),
    own('|---|---|---|---|'),
  ]
  const title = own('What Savings Plans or reserved instances could cover (never bought by Trimtab)')
  const found = sectionOf(title, rows, head)
  const note = own(
    'Always: in 99 % of the window, or the minimum that is advised. What commitments cover already is not taken off, and no discount is assumed.',
  )
  return found && { ...found, lines: [...found.lines, own(''), note] }
}

/** Groups whose demand grows towards their maximum, the nearest date first. */
export function capacitySection(
  groups: readonly {
    readonly group: string
    readonly maxSize: number
    readonly reachesMaxAt: IsoTime
    readonly neededNow: number
    readonly growthPerDay: number
    readonly confidencePercent: Percent
  }[],
): CostSection | undefined {
  const nearest = [...groups].sort((a, b) => (a.reachesMaxAt < b.reachesMaxAt ? -1 : 1))
  return sectionOf(
    own('Groups that grow towards their maximum'),
    nearest.map(
      (one) =>
        md`- ${code(one.group)} reaches its maximum of ${count(one.maxSize)} about ${dateOf(one.reachesMaxAt.slice(0, 10))}: its daily peak needs ${count(one.neededNow, 1)} instances and ${count(one.growthPerDay, 2)} more each day (confidence ${percent(one.confidencePercent)})`,
    ),
  )
}

/** Groups whose efficiency is below 60, the lowest first, and what becomes of them. */
export function efficiencySection(
  groups: readonly {
    readonly group: string
    readonly efficiency: Percent
    readonly diagnosis: string
    readonly next: string
  }[],
): CostSection | undefined {
  const lowest = [...groups].sort((a, b) => a.efficiency - b.efficiency)
  return sectionOf(
    own('Groups with an efficiency below 60'),
    lowest.map(
      ({ group, efficiency, diagnosis, next }) =>
        md`- ${code(group)}: ${percent(efficiency)}, ${own(diagnosis)}: ${escaped(next, 300)}`,
    ),
  )
}

/** How earlier promises were kept, by type: the correction that the next pages print. */
export function promisesSection(
  rows: readonly {
    readonly type: RecommendationType
    readonly changes: number
    readonly kept: number
    readonly factor: number
    readonly errorPercent: Percent
  }[],
): CostSection | undefined {
  return sectionOf(
    own('How earlier promises were kept'),
    rows.map(
      ({ type, changes, kept, factor, errorPercent }) =>
        md`- ${code(type)}: ${kept} of ${changes} kept; measured ÷ promised ${count(factor, 2)} (median), off by ${percent(errorPercent)}`,
    ),
  )
}

/** The rows that fit, under the head of their table where they are one; undefined where there is nothing to say. */
function sectionOf(
  title: Markdown,
  rows: readonly Markdown[],
  head: readonly Markdown[] = [],
): CostSection | undefined {
  if (rows.length === 0) return undefined
  const left = rows.length - mostLines
  const more = left > 0 ? [own(''), md`and ${left} more`] : []
  return { title, lines: [...head, ...rows.slice(0, mostLines), ...more] }
}

function share(value: Percent | undefined): Markdown {
  return value === undefined ? own('–') : percent(value)
}

function changeFrom(before: CostPoint | undefined, now: CostPoint): Markdown {
  if (!before || before.usd <= 0) return own('–')
  return signedPercent(now.usd / before.usd - 1)
}
