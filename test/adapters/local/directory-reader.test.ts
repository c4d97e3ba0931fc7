import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { createDirectoryReader } from '../../../src/adapters/local/directory-reader.js'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'trimtab-reader-'))
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

function write(path: string, text: string): void {
  mkdirSync(join(folder, path, '..'), { recursive: true })
  writeFileSync(join(folder, path), text)
}

describe('a checkout as a code reader', () => {
  it('gives the wanted files with paths from its top, in order', async () => {
    write('b.tf', 'b')
    write('a/c.tf', 'c')
    write('a/readme.md', 'no')
    const files = await createDirectoryReader(folder).files('x/y', 'sha', (path) => path.endsWith('.tf'))
    expect([...files]).toEqual([
      ['a/c.tf', 'c'],
      ['b.tf', 'b'],
    ])
  })

  // Root may read every folder.
  const asPerson = process.getuid?.() === 0 ? it.skip : it

  asPerson('says which folder below it cannot be read', async () => {
    mkdirSync(join(folder, 'closed'), { mode: 0o000 })
    await expect(createDirectoryReader(folder).files('x/y', 'sha', () => true)).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('closed'),
    })
  })

  it('is one repository, named for its folder', async () => {
    expect(await createDirectoryReader(folder).repositories()).toEqual([`checkout/${basename(folder)}`])
  })

  it('follows no link and leaves out what is large, and what git and Terraform keep for themselves', async () => {
    write('.git/config.tf', 'x')
    write('.terraform/m/main.tf', 'x')
    write('large.tf', 'x'.repeat(1024 * 1024 + 1))
    write('main.tf', 'x')
    symlinkSync('/etc/hostname', join(folder, 'link.tf'))
    const files = await createDirectoryReader(folder).files('x/y', 'sha', () => true)
    expect([...files.keys()]).toEqual(['main.tf'])
  })

  it('says when there is no such folder', async () => {
    write('file', 'x')
    await expect(createDirectoryReader(join(folder, 'none')).repositories()).rejects.toThrow('there is no such folder')
    await expect(createDirectoryReader(join(folder, 'file')).repositories()).rejects.toThrow('it is not a folder')
  })
})
