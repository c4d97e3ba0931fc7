import Table from 'cli-table3'
import { groupNameOf } from '../../core/model/group.js'
import { dollars } from '../../core/proposal/figures.js'
import { printable, type Terminal } from './terminal.js'

/** How a text may look: its colours and its width. */
export type Look = Pick<Terminal, 'chalk' | 'columns'>

/** What a table of a summary shows. Cells are plain text; one may hold several lines. */
export interface SummaryTable {
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** Widths with padding that columns have where there is room. */
  readonly minWidths?: readonly number[]
}

const ruleWidth = 50
/** The space on both sides of a cell's text. */
const padding = 2
/** Below this width a column is not narrowed: the table is then wider than the terminal. */
const narrowestColumn = 8

/**
 * The heading of a summary: its title and a rule of 50.
 * @example heading('📊 Performance Metrics Summary', chalk) // '📊 Performance Metrics Summary\n──────…'
 */
export function heading(title: string, chalk: Look['chalk']): string {
  return `${chalk.bold(title)}\n${'─'.repeat(ruleWidth)}`
}

/** A group's name and environment, above what is its own. */
export function groupTitle(
  { groupKey, environment }: { readonly groupKey: string; readonly environment: string },
  chalk: Look['chalk'],
): string {
  return `${chalk.bold(printable(groupNameOf(groupKey)))} (${printable(environment)})`
}

/** What advice is worth, or costs; nothing where no money is in it or it is not known. */
export function gainWords(monthlyUsd: number | null): readonly string[] {
  if (monthlyUsd === null || monthlyUsd === 0) return []
  return [monthlyUsd > 0 ? `saves ${dollars(monthlyUsd)} a month` : `costs ${dollars(-monthlyUsd)} a month`]
}

/** A table no wider than the terminal, with words such as GOOD and HIGH in their colour. */
export function summaryTable({ head, rows, minWidths }: SummaryTable, { chalk, columns }: Look): string {
  const widths = fitted(naturalWidths(head, rows), minWidths ?? [], columns)
  const table = new Table({
    head: head.map((title, column) => chalk.bold(breakable(title, widths[column]))),
    colWidths: [...widths],
    wordWrap: true,
    style: { compact: true, head: [], border: [] },
  })
  for (const row of rows) {
    table.push(row.map((cell, column) => painted(breakable(cell, widths[column]), chalk)))
  }
  return table.toString()
}

function naturalWidths(head: readonly string[], rows: readonly (readonly string[])[]): readonly number[] {
  return head.map((title, column) => {
    const lines = [title, ...rows.map((row) => row[column] ?? '')].flatMap((cell) => cell.split('\n'))
    return Math.max(...lines.map((line) => [...line].length)) + padding
  })
}

/** The wished widths where they fit, else the natural ones, else with the widest columns narrowed. */
function fitted(natural: readonly number[], minWidths: readonly number[], columns?: number): readonly number[] {
  const wished = natural.map((width, column) => Math.max(width, minWidths[column] ?? width))
  if (columns === undefined || drawnWidth(wished) <= columns) return wished
  const widths = [...natural]
  while (drawnWidth(widths) > columns) {
    const widest = Math.max(...widths)
    if (widest <= narrowestColumn) break
    widths[widths.indexOf(widest)] = widest - 1
  }
  return widths
}

function drawnWidth(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width + 1, 1)
}

/** The text with words that no line of the column can hold broken, so that nothing is cut off. */
function breakable(text: string, width = Number.POSITIVE_INFINITY): string {
  const most = width - padding
  return text.replace(/\S+/g, (word) => (word.length <= most ? word : (word.match(chunk(most)) ?? []).join('\n')))
}

function chunk(length: number): RegExp {
  return new RegExp(`.{1,${length}}`, 'gu')
}

const good: readonly string[] = ['EXCELLENT', 'GOOD', 'OPTIMAL', 'OK', 'COMPLETED', 'LOW']
const middling: readonly string[] = ['FAIR', 'HIGH', 'VERY LOW', 'MEDIUM', 'PENDING']
const bad: readonly string[] = ['POOR', 'CRITICAL', 'ALARM', 'FAILED']

/** Each line of a cell in the colour of its word. */
function painted(cell: string, chalk: Look['chalk']): string {
  const lines = cell.split('\n')
  return lines.map((line) => paintStatus(line, chalk)).join('\n')
}

/** The text in the colour of the word that it is; other texts as they are. */
export function paintStatus(text: string, chalk: Look['chalk']): string {
  if (good.includes(text)) return chalk.green(text)
  if (middling.includes(text)) return chalk.yellow(text)
  if (bad.includes(text)) return chalk.red(text)
  return text === 'no data' || text === '–' ? chalk.dim(text) : text
}
