import { connect } from 'node:net'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { createActors } from '../../../src/sandbox/github/actors.js'
import type { GitHubWorld } from '../../../src/sandbox/github/github-world.js'
import { asApp, asPerson, commitOn, INITIAL_FILES, SHOP, startWorld } from './start-world.js'

let world: GitHubWorld

beforeEach(async () => {
  world = await startWorld()
})

afterEach(() => world.close())

test('a tree is read in one go, and its blobs are the files', async () => {
  const { rest } = asApp(world)
  const { data } = await rest.git.getTree({ ...SHOP, tree_sha: 'main', recursive: '1' })
  const blobs = data.tree.filter((entry) => entry.type === 'blob')
  expect(blobs.map(({ path }) => path).sort()).toEqual([...INITIAL_FILES.keys()].sort())
  for (const { path, sha } of blobs) {
    const blob = await rest.git.getBlob({ ...SHOP, file_sha: sha })
    expect(Buffer.from(blob.data.content, 'base64').toString()).toBe(INITIAL_FILES.get(path))
  }
})

test('a file is read as JSON and as raw text, on main and on a branch', async () => {
  const octokit = asApp(world)
  await commitOn(octokit, 'other', 'README.md', '# größer\n')
  const read = async (ref: string, format: 'raw' | 'json') =>
    (await octokit.rest.repos.getContent({ ...SHOP, path: 'README.md', ref, mediaType: { format } })).data
  expect(await read('other', 'raw')).toBe('# größer\n')
  const file = await read('main', 'json')
  if (Array.isArray(file) || !('content' in file)) throw new Error('not a file')
  expect(Buffer.from(file.content, 'base64').toString()).toBe('# shop\n')
  await expect(octokit.rest.repos.getContent({ ...SHOP, path: 'none' })).rejects.toMatchObject({ status: 404 })
})

test('a file written through the contents API is the bot’s verified commit on main', async () => {
  const { rest } = asApp(world)
  const content = Buffer.from('mode: apply\n').toString('base64')
  const { data } = await rest.repos.createOrUpdateFileContents({ ...SHOP, path: 'new.yml', message: 'add', content })
  expect(data.commit).toMatchObject({ author: { name: 'trimtab[bot]' }, verification: { verified: true } })
  expect((await world.files('shop')).get('new.yml')).toBe('mode: apply\n')
})

test('tree entries without a type are files, null deletes one', async () => {
  const { rest } = asApp(world)
  const { data: main } = await rest.git.getTree({ ...SHOP, tree_sha: 'main' })
  const tree = [
    { path: 'a/b.txt', mode: '100644', content: 'b' },
    { path: 'README.md', mode: '100644', sha: null },
  ] as const
  const { data } = await rest.git.createTree({ ...SHOP, base_tree: main.sha, tree: [...tree] })
  const { data: made } = await rest.git.getTree({ ...SHOP, tree_sha: data.sha, recursive: '1' })
  const paths = made.tree.filter((entry) => entry.type === 'blob').map(({ path }) => path)
  expect(paths.sort()).toEqual(['.github/trimtab.yml', 'a/b.txt', 'infra/web.tf'])
})

test('a branch moves forward only, unless forced, and is made once', async () => {
  const octokit = asApp(world)
  const one = await commitOn(octokit, 'one', 'README.md', '1\n')
  const two = await commitOn(octokit, 'two', 'README.md', '2\n')
  const move = (force: boolean) => octokit.rest.git.updateRef({ ...SHOP, ref: 'heads/one', sha: two, force })
  await expect(move(false)).rejects.toMatchObject({ status: 422 })
  expect((await move(true)).data.object.sha).toBe(two)
  const again = octokit.rest.git.createRef({ ...SHOP, ref: 'refs/heads/one', sha: one })
  await expect(again).rejects.toThrow('Reference already exists')
  await expect(octokit.rest.git.getRef({ ...SHOP, ref: 'heads/none' })).rejects.toMatchObject({ status: 404 })
})

test('two branches are compared from their common ancestor', async () => {
  const octokit = asApp(world)
  await commitOn(octokit, 'one', 'README.md', '# one\n')
  await world.commit('shop', 'wim', new Map([['x', 'x']]))
  const { data } = await octokit.rest.repos.compareCommitsWithBasehead({ ...SHOP, basehead: 'main...one' })
  expect([data.status, data.ahead_by, data.behind_by]).toEqual(['diverged', 1, 1])
  expect(data.files?.map((file) => [file.filename, file.patch])).toEqual([
    ['README.md', '@@ -1,1 +1,1 @@\n-# shop\n+# one'],
  ])
})

test('a person’s token lists the repositories it reaches, and one that is not there is 404', async () => {
  const { rest } = asPerson(world, 'wim')
  expect((await rest.repos.listForAuthenticatedUser()).data.map((repository) => repository.full_name)).toEqual([
    'acme/shop',
  ])
  await expect(rest.issues.create({ owner: 'acme', repo: 'gone', title: 'x' })).rejects.toMatchObject({ status: 404 })
})

test('an installation token is good until its deadline', () => {
  const actors = createActors([], 'trimtab', () => '')
  const call = { method: 'GET', path: '/', query: new URLSearchParams(), body: Buffer.alloc(0) }
  actors.learn('ghs_old', '2020-01-01T00:00:00Z')
  actors.learn('ghs_new', '9999-01-01T00:00:00Z')
  const of = (token: string) => actors.of({ ...call, headers: { authorization: `bearer ${token}` } })?.kind
  expect([of('ghs_old'), of('ghs_new'), of('ghs_none')]).toEqual([undefined, 'installation', undefined])
})

test('a caller that dies in the middle of its request leaves the world running', async () => {
  const { port } = new URL(world.url)
  await new Promise<void>((resolve) => {
    const socket = connect(Number(port), '127.0.0.1', () => {
      socket.write('POST /repos/acme/shop/issues HTTP/1.1\r\nhost: x\r\ncontent-length: 99\r\n\r\n{"title"', () => {
        socket.resetAndDestroy()
        resolve()
      })
    })
  })
  expect((await asPerson(world, 'wim').rest.repos.get(SHOP)).status).toBe(200)
  expect(await world.issues('shop')).toEqual([])
})
