import Table from 'cli-table3'
import type { GroupFindings } from '../../core/model/group-report.js'
import { holdReasons } from '../../core/model/hold.js'
import type { Recommendation } from '../../core/model/recommendation.js'
import { dollars } from '../../core/proposal/figures.js'
import { changesInWords } from '../../core/proposal/settings-words.js'
import type { Applied, DecidedGroup, Pass } from '../../workflows/pass/pass.js'
import { printable, type Terminal } from './terminal.js'

type Chalk = Terminal['chalk']

/**
 * One line a group: name, environment, score, diagnosis, then what is advised and what becomes of it. A group with
 * several recommendations has a line for each.
 */
export function passText(pass: Pass, chalk: Chalk): string {
  const width = Math.max(0, ...pass.groups.map(({ group }) => printable(group.name).length))
  const lines = pass.groups.flatMap((analysis) => {
    const name = chalk.bold(printable(analysis.group.name).padEnd(width))
    const head = `${name}  ${cardWords(analysis)}`
    return adviceLines(pass, analysis).map((advice) => `${head}: ${advice}`)
  })
  return `${[...lines, ...doneLines(pass)].join('\n')}\n`
}

/** The same as a table, with the figures of each group in columns. */
export function passTable(pass: Pass): string {
  const table = new Table({
    head: ['group', 'environment', 'score', 'efficiency', 'diagnosis', 'instances', 'type', 'advice'],
    style: { head: [], border: [] },
  })
  for (const analysis of pass.groups) {
    const { group, scored } = analysis
    const card = scored.kind === 'scored' ? scored.scorecard : undefined
    const type = group.launch.kind === 'known' ? group.launch.value.instanceType : undefined
    table.push([
      printable(group.name),
      printable(group.environment),
      card ? card.score.toFixed(1) : 'no data',
      card?.efficiency === undefined ? 'no data' : card.efficiency.toFixed(1),
      card?.diagnosis ?? 'no data',
      `${group.minSize} ≤ ${group.desiredCapacity} ≤ ${group.maxSize}`,
      type ?? 'unknown',
      adviceLines(pass, analysis).join('\n'),
    ])
  }
  return `${table.toString()}\n${doneLines(pass)
    .map((line) => `${line}\n`)
    .join('')}`
}

/** How many groups, how much advice, what it is worth. */
export function summaryText(pass: Pick<Pass, 'groups' | 'recommendations'>): string {
  const shown = new Set(pass.groups.map(({ group }) => group.groupKey))
  const open = pass.recommendations.filter(({ groupKey, status }) => shown.has(groupKey) && status === 'PENDING')
  const worth = open.reduce((sum, { monthlyUsd }) => sum + Math.max(0, monthlyUsd), 0)
  const saving = worth > 0 ? ` worth ${dollars(worth)} a month` : ''
  return `${counted(pass.groups.length, 'group')}, ${counted(open.length, 'recommendation')}${saving}\n`
}

function cardWords({ group, scored }: GroupFindings): string {
  const environment = `(${printable(group.environment)})`
  if (scored.kind === 'unscored') return `${environment} no score`
  const { score, scoreBand, diagnosis } = scored.scorecard
  return `${environment} score ${score.toFixed(0)} ${scoreBand}, ${diagnosis}`
}

function adviceLines(pass: Pass, { group }: GroupFindings): readonly string[] {
  const decided = pass.decisions.filter(({ groupKey }) => groupKey === group.groupKey)
  return decided.map((one) => {
    const row = pass.recommendations.find(({ id }) => id === one.recommendationId)
    return row ? `${recommendationWords(row)} — ${decisionWords(one)}` : decisionWords(one)
  })
}

/** @example recommendationWords(row) // 'minimum 8 → 5, saves $347 a month' */
export function recommendationWords({ from, to, monthlyUsd, description }: Recommendation): string {
  const change = printable(changesInWords(from, to)) || printable(description)
  if (monthlyUsd === 0) return change
  return monthlyUsd > 0
    ? `${change}, saves ${dollars(monthlyUsd)} a month`
    : `${change}, costs ${dollars(-monthlyUsd)} a month`
}

/** The sentence of a decision: a hold's own words, or what is done and why. */
export function decisionWords({ decision }: DecidedGroup): string {
  if (decision.kind === 'hold') return `${holdReasons[decision.reason]} (${printable(decision.detail)})`
  return `${decision.kind}: ${printable(decision.reason)}`
}

/** How a live change ended, as a reader says it. */
export const resultWords = {
  succeeded: 'succeeded',
  rolledBack: 'rolled back',
  failed: 'failed',
} as const satisfies Record<Applied['result'], string>

function doneLines({ applied, proposed }: Pick<Pass, 'applied' | 'proposed'>): readonly string[] {
  return [
    ...applied.map(
      ({ groupKey, from, to, result }) => `applied  ${groupKey}: capacity ${from} → ${to}, ${resultWords[result]}`,
    ),
    ...proposed.map(({ groupKey, kind, repository, number }) => {
      const page = kind === 'by-hand' ? 'issue' : kind === 'write-back' ? 'write-back pull request' : 'pull request'
      return `proposed ${groupKey}: ${page} ${repository}#${number}`
    }),
  ].map(printable)
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
