import Table from 'cli-table3'

/** The same table for a terminal: a page's cells, aligned, without its marks. */
export function tableText(markdown: string): string {
  const [head = [], , ...rows] = markdown.split('\n').map(cellsOf)
  const table = new Table({ head, style: { head: [], border: [] } })
  for (const row of rows) table.push(row)
  return table.toString()
}

/**
 * The cells of a table row of a page.
 * @example cellsOf('| `m6i.large` | 8 – 14 |') // ['m6i.large', '8 – 14']
 */
export function cellsOf(row: string): string[] {
  const cells = row.replace(/^\s*\||\|\s*$/g, '').split(/(?<!\\)\|/)
  return cells.map((cell) =>
    cell
      .trim()
      .replace(/^`+ ?(.*?) ?`+$/, '$1')
      .replaceAll('\\|', '|'),
  )
}
