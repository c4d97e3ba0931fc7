import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { tarball } from '../../../src/sandbox/github/tarball.js'
import { asApp, asPerson, INITIAL_FILES, SHOP, startWorld } from './start-world.js'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'trimtab-tarball-'))
})

afterEach(() => rmSync(folder, { recursive: true }))

const unpack = (bytes: Buffer) => execFileSync('tar', ['-xzf', '-', '-C', folder], { input: bytes })
const file = (path: string, text: string, mode = '100644') => ({ path, mode, bytes: Buffer.from(text) })
const FRAME = { folder: 'acme-shop-0123456', commitSha: '0123456789', at: new Date('2026-01-05T06:00:00Z') }

test('tar unpacks files, folders, links, long names and other scripts', () => {
  const long = `${'very-long-folder-name/'.repeat(8)}main.tf`
  const files = [
    file('a/b.txt', 'b'),
    file('run.sh', '#!', '100755'),
    file('to-b', 'a/b.txt', '120000'),
    file(long, 'x'),
    file('größe.md', 'ü'),
  ]
  unpack(tarball(FRAME, files))
  const read = (path: string) => readFileSync(join(folder, FRAME.folder, path), 'utf8')
  expect(readdirSync(folder)).toEqual([FRAME.folder])
  expect([read('a/b.txt'), read('run.sh'), read(long), read('größe.md')]).toEqual(['b', '#!', 'x', 'ü'])
  expect(readlinkSync(join(folder, FRAME.folder, 'to-b'))).toBe('a/b.txt')
})

test('the commit stands in the global header, and the same tree gives the same bytes', () => {
  const made = tarball(FRAME, [file('a', 'a'), file('b', 'b')])
  expect(gunzipSync(made).subarray(512, 544).toString('latin1')).toContain('22 comment=0123456789\n'.slice(3))
  expect(tarball(FRAME, [file('b', 'b'), file('a', 'a')])).toEqual(made)
})

test('the archive of a commit is found through a redirect and holds the tree under one folder', async () => {
  const world = await startWorld()
  const { data: ref } = await asApp(world).rest.git.getRef({ ...SHOP, ref: 'heads/main' })
  const redirect = await fetch(`${world.url}/repos/acme/shop/tarball/${ref.object.sha}`, {
    redirect: 'manual',
    headers: { authorization: `token ${world.token('rea')}` },
  })
  expect(redirect.status).toBe(302)
  const { data } = await asApp(world).rest.repos.downloadTarballArchive({ ...SHOP, ref: ref.object.sha })
  unpack(Buffer.from(data as ArrayBuffer))
  const top = `acme-shop-${ref.object.sha.slice(0, 7)}`
  expect(readdirSync(folder)).toEqual([top])
  for (const [path, text] of INITIAL_FILES) expect(readFileSync(join(folder, top, path), 'utf8')).toBe(text)
  const outsider = asPerson(world, 'noa').rest.repos.downloadTarballArchive({ ...SHOP, ref: 'main' })
  await expect(outsider).rejects.toMatchObject({ status: 404 })
  await world.close()
})
