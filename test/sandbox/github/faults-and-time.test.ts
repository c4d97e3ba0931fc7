import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { CountedCall } from '../../../src/sandbox/github/front-door.js'
import type { GitHubWorld } from '../../../src/sandbox/github/github-world.js'
import { asApp, asPerson, openPull, SHOP, startWorld } from './start-world.js'

let world: GitHubWorld
let now: Date
const heard: CountedCall[] = []

beforeEach(async () => {
  now = new Date('2026-01-05T06:00:00Z')
  heard.length = 0
  world = await startWorld({ now: () => now, onCall: (call) => heard.push(call) })
})

afterEach(() => world.close())

const POST_ISSUE = 'POST /repos/{owner}/{repo}/issues'

test('calls are counted by route, and only those that came over HTTP', async () => {
  const { rest } = asApp(world)
  await rest.issues.create({ ...SHOP, title: 'one' })
  await rest.issues.create({ ...SHOP, title: 'two' })
  await world.comment('shop', 1, 'wim', 'not a call')
  expect(Object.fromEntries(world.calls)).toEqual({
    'github:POST /app/installations/{installation_id}/access_tokens': 1,
    [`github:${POST_ISSUE}`]: 2,
  })
  expect(heard.at(-1)).toEqual({ method: 'POST', route: '/repos/{owner}/{repo}/issues', write: true })
})

test('a secondary rate limit says when to come back and has no effect', async () => {
  world.faults.set({ route: POST_ISSUE, kind: 'rateLimited', times: 1 })
  const { rest } = asPerson(world, 'wim')
  const refused = rest.issues.create({ ...SHOP, title: 'x' })
  await expect(refused).rejects.toMatchObject({ status: 403, response: { headers: { 'retry-after': '1' } } })
  await expect(refused).rejects.toThrow('secondary rate limit')
  expect(await world.issues('shop')).toEqual([])
  expect((await rest.issues.create({ ...SHOP, title: 'x' })).status).toBe(201)
})

test.each([
  ['serverError', 0],
  ['cutConnection', 0],
  ['cutAfterEffect', 1],
] as const)('%s fails the call and leaves %d issues behind', async (kind, left) => {
  world.faults.set({ route: '*', kind, times: 1 })
  await expect(asPerson(world, 'wim').rest.issues.create({ ...SHOP, title: 'x' })).rejects.toMatchObject({
    status: kind === 'serverError' ? 502 : 500,
  })
  expect(await world.issues('shop')).toHaveLength(left)
})

test('a slow call is answered all the same', async () => {
  world.faults.set({ route: '/repos/{owner}/{repo}', kind: 'slow', times: 1, delayMs: 5 })
  expect((await asPerson(world, 'wim').rest.repos.get(SHOP)).status).toBe(200)
})

test('an unchanged answer is 304 for who has its ETag', async () => {
  const headers = { authorization: `token ${world.token('wim')}` }
  const url = `${world.url}/repos/acme/shop`
  const etag = (await fetch(url, { headers })).headers.get('etag')
  const again = await fetch(url, { headers: { ...headers, 'if-none-match': String(etag) } })
  expect([again.status, await again.text()]).toEqual([304, ''])
})

test('what is stamped is stamped by the world’s clock', async () => {
  const octokit = asApp(world)
  const number = await openPull(octokit, 'trimtab/1', 'README.md', '# new\n')
  now = new Date('2026-01-12T06:00:00Z')
  await world.merge('shop', number, 'wim')
  now = new Date('2026-01-20T00:00:00Z')
  const { data } = await octokit.rest.pulls.get({ ...SHOP, pull_number: number })
  expect([data.created_at, data.merged_at]).toEqual(['2026-01-05T06:00:00Z', '2026-01-12T06:00:00Z'])
  const { data: commits } = await octokit.rest.repos.listCommits(SHOP)
  expect(commits.map(({ commit }) => commit.committer?.date)).toEqual([
    '2026-01-12T06:00:00Z',
    '2026-01-05T06:00:00Z',
    '2026-01-05T06:00:00Z',
  ])
})

test('the same history on the same clock gives the same commits', async () => {
  const other = await startWorld({ now: () => new Date('2026-01-05T06:00:00Z') })
  const tips: string[] = []
  for (const each of [world, other]) {
    await openPull(asApp(each), 'trimtab/1', 'README.md', '# new\n')
    const { data } = await asApp(each).rest.git.getRef({ ...SHOP, ref: 'heads/trimtab/1' })
    tips.push(data.object.sha)
  }
  expect(tips[0]).toBe(tips[1])
  await other.close()
})

test('calls made at once are all answered, and none twice', async () => {
  const { rest } = asApp(world)
  const titles = Array.from({ length: 12 }, (_, index) => `issue ${index}`)
  await Promise.all(titles.map((title) => rest.issues.create({ ...SHOP, title })))
  expect((await world.issues('shop')).map((issue) => issue.number)).toEqual(titles.map((_, index) => index + 1))
})
