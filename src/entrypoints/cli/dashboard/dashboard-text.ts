import { groupNameOf } from '../../../core/model/group.js'
import { dollars } from '../../../core/proposal/figures.js'
import { changesInWords } from '../../../core/proposal/settings-words.js'
import type { DashboardDocument, DashboardGroup } from '../documents/dashboard.js'
import type { Figure } from '../documents/metrics.js'
import { gainWords, heading, type Look, paintStatus, summaryTable } from '../summary.js'
import { printable } from '../terminal.js'
import { sparkline } from './sparkline.js'

/** How much fits: a screen has rows, a pipe has not. */
export interface Space extends Look {
  readonly rows?: number | undefined
}

/** Lines of a screen that are not groups: titles, rules, advice, alarms. */
const aroundGroups = 22
const fewestGroups = 3
/** Bars that a screen has room for, beside the other columns of the table. */
const barsFor = (columns = Number.POSITIVE_INFINITY) => (columns >= 100 ? 24 : columns >= 80 ? 12 : 6)
/** What is older than these is not how it stands now. */
const newestPoints = 3

/** What `dashboard` prints: the environment's score, its groups, advice, acts and alarms. */
export function dashboardText(document: DashboardDocument, space: Space): string {
  const where = document.environment ?? 'groups by name'
  const at = `${document.at.slice(0, 10)} ${document.at.slice(11, 16)} UTC`
  const parts = [
    heading(`📈 ${printable(document.application)} · ${printable(where)} · ${at}`, space.chalk),
    ...scoreLines(document, space),
    '',
    groupTable(document, space),
    '',
    ...adviceLines(document, space),
    ...alarmLines(document, space),
    ...document.missing.map((why) => space.chalk.dim(`no data for ${printable(why)}`)),
  ]
  return `${parts.join('\n')}\n`
}

function scoreLines({ groups, score, hours }: DashboardDocument, { chalk, columns }: Space): readonly string[] {
  const lowest = groups.find((group) => group.score !== null)
  if (!lowest) return [`Score       no data${groups.length === 0 ? ': there is no group' : ''}`]
  const name = groups.length > 1 ? ` (lowest of ${groups.length}: ${printable(groupNameOf(lowest.groupKey))})` : ''
  return [
    `Score       ${words(lowest.score, chalk)}${name}`,
    `            ${sparkline(score, 2 * barsFor(columns))} last ${hours} hours`,
    `Efficiency  ${words(lowest.efficiency, chalk)}`,
  ]
}

function words(figure: Figure, chalk: Look['chalk']): string {
  return figure ? `${figure.value.toFixed(1)} ${paintStatus(figure.status, chalk)}` : chalk.dim('no data')
}

function groupTable({ groups }: DashboardDocument, space: Space): string {
  const most = space.rows === undefined ? groups.length : Math.max(fewestGroups, space.rows - aroundGroups)
  const shown = groups.slice(0, most)
  const table = summaryTable(
    {
      head: ['Group', 'Score', 'CPU', 'Last hours', 'Instances'],
      rows: shown.map((group) => [
        printable(groupNameOf(group.groupKey)),
        group.score ? group.score.value.toFixed(0) : 'no data',
        cpuWords(group),
        sparkline(group.cpu, barsFor(space.columns)),
        sizeWords(group),
      ]),
    },
    space,
  )
  const left = groups.length - shown.length
  return left > 0 ? `${table}\n… and ${left} more groups with better scores` : table
}

/** @example cpuWords(group) // '64 % of 70 %' */
function cpuWords({ cpu, cpuTarget }: DashboardGroup): string {
  const last = cpu.slice(-newestPoints).findLast((value) => value !== null)
  return last === undefined || last === null ? 'no data' : `${last.toFixed(0)} % of ${cpuTarget} %`
}

function sizeWords({ minSize, inService, desiredCapacity, maxSize }: DashboardGroup): string {
  return `${inService} of ${desiredCapacity} (${minSize} – ${maxSize})`
}

function adviceLines({ advice }: DashboardDocument, { chalk }: Space): readonly string[] {
  if (!advice) return [`${chalk.bold('Advice')}      no data`]
  const states = advice.byState.map(({ state, count }) => `${count} ${state}`).join(', ')
  const { identified, proposed, merged, verified } = advice.ledger
  return [
    `${chalk.bold('Advice')}      ${advice.open === 0 ? 'none open' : `${advice.open} open: ${states}`}`,
    ...advice.top.map((row) => {
      const change = printable(changesInWords(row.from, row.to) || row.description)
      const page = row.page === null ? '' : ` ${row.page}`
      const gain = gainWords(row.monthlyUsd).map((gained) => `, ${gained}`)
      return `  ${paintStatus(row.priority, chalk)} ${printable(groupNameOf(row.groupKey))}: ${change}${gain.join('')}${printable(page)}`
    }),
    `${chalk.bold('Savings')}     ${dollars(identified)} identified · ${dollars(proposed)} proposed · ${dollars(merged)} merged · ${dollars(verified)} verified, a month`,
    `${chalk.bold('Live')}        ${advice.applied} applied, ${advice.undone} undone`,
  ]
}

function alarmLines({ alarms }: DashboardDocument, { chalk }: Space): readonly string[] {
  if (!alarms) return [`${chalk.bold('Alarms')}      no data`]
  if (alarms.found.length === 0)
    return [`${chalk.bold('Alarms')}      none found whose name begins with ${printable(alarms.prefix)}`]
  const active = alarms.found.filter(({ state }) => state === 'ALARM')
  const rest = `${alarms.found.length} watched`
  return [
    `${chalk.bold('Alarms')}      ${active.length === 0 ? `none active, ${rest}` : `${active.length} active, ${rest}`}`,
    ...active.map(
      ({ name, since }) =>
        `  ${paintStatus('ALARM', chalk)} ${printable(name)} since ${since.slice(0, 16).replace('T', ' ')} UTC`,
    ),
  ]
}
