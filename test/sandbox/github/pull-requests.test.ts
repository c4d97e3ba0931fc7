import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { GitHubWorld } from '../../../src/sandbox/github/github-world.js'
import { asApp, asPerson, commitOn, initialText, openPull, SHOP, startWorld } from './start-world.js'

let world: GitHubWorld

beforeEach(async () => {
  world = await startWorld()
})

afterEach(() => world.close())

const WEB = 'infra/web.tf'
const fewer = () => initialText(WEB).replace('min = 2', 'min = 1')
const larger = () => initialText(WEB).replace('max = 9', 'max = 12')

test('a branch, a commit and a pull request become part of main when a person merges it', async () => {
  const number = await openPull(asApp(world), 'trimtab/1', WEB, fewer())
  expect((await world.files('shop')).get(WEB)).toBe(initialText(WEB))
  await world.merge('shop', number, 'wim')
  const files = await world.files('shop')
  expect(files.get(WEB)).toBe(fewer())
  expect(files.get('README.md')).toBe('# shop\n')
  expect((await world.pulls('shop'))[0]).toMatchObject({ state: 'merged', headBranch: 'trimtab/1', body: 'why' })
})

test('a pull request lists its files with a unified patch', async () => {
  const octokit = asApp(world)
  const number = await openPull(octokit, 'trimtab/1', WEB, fewer())
  const { data } = await octokit.rest.pulls.listFiles({ ...SHOP, pull_number: number })
  expect(data).toHaveLength(1)
  expect(data[0]).toMatchObject({ filename: WEB, status: 'modified', additions: 1, deletions: 1 })
  expect(data[0]?.patch).toMatch(/^@@ -1,\d \+1,\d @@/)
  expect(data[0]?.patch).toContain('-  min = 2\n+  min = 1\n   a = 1')
  const { data: pull } = await octokit.rest.pulls.get({ ...SHOP, pull_number: number })
  expect(pull).toMatchObject({
    changed_files: 1,
    additions: 1,
    deletions: 1,
    commits: 1,
    mergeable: true,
    merged: false,
  })
})

test('two pull requests on the same file are both kept when they change different lines', async () => {
  const octokit = asApp(world)
  const first = await openPull(octokit, 'trimtab/1', WEB, fewer())
  const second = await openPull(octokit, 'trimtab/2', WEB, larger())
  await world.merge('shop', first, 'wim')
  await world.merge('shop', second, 'wim')
  const both = fewer().replace('max = 9', 'max = 12')
  expect((await world.files('shop')).get(WEB)).toBe(both)
  const patches = (await world.pulls('shop')).map((pull) => pull.files.map((file) => file.patch.match(/^\+.*$/m)?.[0]))
  expect(patches).toEqual([['+  min = 1'], ['+  max = 12']])
})

test('a conflict makes a pull request unmergeable and its merge is refused', async () => {
  const octokit = asApp(world)
  const number = await openPull(octokit, 'trimtab/1', WEB, fewer())
  await world.commit('shop', 'wim', new Map([[WEB, initialText(WEB).replace('min = 2', 'min = 5')]]))
  const { data } = await octokit.rest.pulls.get({ ...SHOP, pull_number: number })
  expect(data).toMatchObject({ mergeable: false, mergeable_state: 'dirty' })
  await expect(world.merge('shop', number, 'wim')).rejects.toThrow('405')
})

test('a second open pull request for the same head is refused with 422', async () => {
  const octokit = asApp(world)
  await openPull(octokit, 'trimtab/1', WEB, fewer())
  const again = octokit.rest.pulls.create({ ...SHOP, title: 'again', head: 'trimtab/1', base: 'main' })
  const message = 'A pull request already exists for acme:trimtab/1.'
  await expect(again).rejects.toMatchObject({ status: 422, response: { data: { errors: [{ message }] } } })
})

test('a pull request needs a branch that exists and a commit that main has not', async () => {
  const { rest } = asApp(world)
  const missing = rest.pulls.create({ ...SHOP, title: 'x', head: 'nowhere', base: 'main' })
  await expect(missing).rejects.toMatchObject({ status: 422, response: { data: { errors: [{ field: 'head' }] } } })
  const { data } = await rest.git.getRef({ ...SHOP, ref: 'heads/main' })
  await rest.git.createRef({ ...SHOP, ref: 'refs/heads/same', sha: data.object.sha })
  const same = rest.pulls.create({ ...SHOP, title: 'x', head: 'same', base: 'main' })
  await expect(same).rejects.toThrow('No commits between main and same')
})

test('an open pull request follows its branch, a merged one keeps its commit', async () => {
  const octokit = asApp(world)
  const number = await openPull(octokit, 'trimtab/1', WEB, fewer())
  const sha = await commitOn(octokit, 'scratch', WEB, larger())
  await octokit.rest.git.updateRef({ ...SHOP, ref: 'heads/trimtab/1', sha, force: true })
  const head = async () => (await octokit.rest.pulls.get({ ...SHOP, pull_number: number })).data.head.sha
  expect(await head()).toBe(sha)
  await world.merge('shop', number, 'wim')
  await octokit.rest.git.deleteRef({ ...SHOP, ref: 'heads/trimtab/1' })
  expect(await head()).toBe(sha)
})

test('a commit by the app without an author is the bot’s and verified', async () => {
  const octokit = asApp(world)
  const number = await openPull(octokit, 'trimtab/1', WEB, fewer())
  const { data } = await octokit.rest.pulls.listCommits({ ...SHOP, pull_number: number })
  expect(data[0]).toMatchObject({ author: { login: 'trimtab[bot]' }, commit: { author: { name: 'trimtab[bot]' } } })
  expect(data[0]?.commit.verification?.verified).toBe(true)
  const sha = await world.commit('shop', 'wim', new Map([['a.txt', 'a']]))
  const byPerson = await octokit.rest.git.getCommit({ ...SHOP, commit_sha: sha })
  expect(byPerson.data).toMatchObject({ author: { name: 'wim' }, verification: { verified: false } })
})

test('pull requests are found by head and state, and say who closed them', async () => {
  const octokit = asApp(world)
  const number = await openPull(octokit, 'trimtab/1', WEB, fewer())
  const found = async (state: 'open' | 'closed') =>
    (await octokit.rest.pulls.list({ ...SHOP, head: 'acme:trimtab/1', state })).data.map((pull) => pull.number)
  expect([await found('open'), await found('closed')]).toEqual([[number], []])
  await world.closePull('shop', number, 'wim')
  expect([await found('open'), await found('closed')]).toEqual([[], [number]])
  const { data } = await octokit.rest.issues.get({ ...SHOP, issue_number: number })
  expect(data).toMatchObject({ state: 'closed', closed_by: { login: 'wim' }, pull_request: { merged_at: null } })
})

test('deleting the branch closes its pull request', async () => {
  const octokit = asApp(world)
  const number = await openPull(octokit, 'trimtab/1', WEB, fewer())
  await octokit.rest.git.deleteRef({ ...SHOP, ref: 'heads/trimtab/1' })
  expect((await world.pulls('shop'))[0]).toMatchObject({ number, state: 'closed' })
  const reopened = octokit.rest.pulls.update({ ...SHOP, pull_number: number, state: 'open' })
  await expect(reopened).rejects.toMatchObject({ status: 422 })
})

test('a reader cannot merge', async () => {
  const number = await openPull(asApp(world), 'trimtab/1', WEB, fewer())
  await expect(asPerson(world, 'rea').rest.pulls.merge({ ...SHOP, pull_number: number })).rejects.toMatchObject({
    status: 403,
  })
})
