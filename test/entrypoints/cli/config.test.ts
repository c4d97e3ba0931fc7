import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from '@jest/globals'
import { trimtab } from './captured.js'

const folder = mkdtempSync(join(tmpdir(), 'trimtab-config-'))
const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')

afterAll(() => rmSync(folder, { recursive: true, force: true }))

function fileOf(text: string): string {
  const file = join(folder, 'trimtab.yml')
  writeFileSync(file, text)
  return file
}

describe('config', () => {
  it('prints the published schema and the reference page', async () => {
    expect((await trimtab(['config', 'schema'])).out).toBe(read('schema/trimtab.schema.json'))
    expect((await trimtab(['config', 'docs'])).out).toBe(read('docs/configuration.md'))
  })

  it('check passes a valid file', async () => {
    const file = fileOf('mode: propose\n')
    expect(await trimtab(['config', 'check', file])).toEqual({ code: 0, out: `✓ ${file} is valid\n`, err: '' })
  })

  it('check says everything that is wrong at once, with lines, and what was meant', async () => {
    const file = fileOf('mode: auto\nkillSwitsh: true\n')
    const { code, out, err } = await trimtab(['config', 'check', file])
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(`error: ${file}:1: mode: expected observe, propose or apply, got "auto"\n`)
    expect(err).toContain(`error: ${file}:2: killSwitsh: unknown key`)
    expect(err).toContain('       did you mean: killSwitch')
    const json = await trimtab(['config', 'check', file, '--json'])
    expect({ code: json.code, err: json.err }).toEqual({ code: 2, err: '' })
    expect(JSON.parse(json.out)).toMatchObject({ file, valid: false, faults: [{ line: 1, path: 'mode' }, { line: 2 }] })
  })

  it('check names the file that is not there', async () => {
    const { code, err } = await trimtab(['config', 'check', join(folder, 'none.yml')])
    expect(code).toBe(2)
    expect(err).toMatch(/^error: reading \S+none\.yml: it cannot be read \(ENOENT\); [^\n]+\n$/)
  })
})
