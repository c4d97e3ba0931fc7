import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'

const root = join(import.meta.dirname, '..')
const rows = readFileSync(join(root, 'docs', 'requirements.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\| S\d/.test(line))

describe('docs/requirements.md', () => {
  it('has a row for every requirement, in order', () => {
    const ids = rows.map((row) => Number(/^\| S(\d+)/.exec(row)?.[1]))
    expect(ids).toEqual(Array.from({ length: 99 }, (_, i) => i + 1))
  })

  it('names only files that exist', () => {
    const named = rows.flatMap((row) => [...row.matchAll(/\]\(\.\.\/([^)]+)\)/g)].map((match) => match[1] as string))
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([])
  })

  it('names a test for whatever is built, or says what is missing', () => {
    const open = rows.filter((row) => {
      const [, , , built, tested, missing] = row.split('|').map((cell) => cell.trim())
      return built !== '–' && tested === '–' && missing === '–'
    })
    expect(open).toEqual([])
  })
})
