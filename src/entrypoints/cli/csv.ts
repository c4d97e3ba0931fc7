/** One row for each thing; null is a field without a value. */
export interface CsvTable {
  readonly head: readonly string[]
  readonly rows: readonly (readonly CsvCell[])[]
}

export type CsvCell = string | number | null

/**
 * A table as RFC 4180 text with CRLF line ends; null is an empty field. Text that a spreadsheet would take for a
 * formula gets a leading apostrophe.
 * @example csvText({ head: ['name', 'usd'], rows: [['a, b', 1.5]] }) // 'name,usd\r\n"a, b",1.5\r\n'
 */
export function csvText({ head, rows }: CsvTable): string {
  return [head, ...rows].map((cells) => `${cells.map(fieldOf).join(',')}\r\n`).join('')
}

function fieldOf(cell: CsvCell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
