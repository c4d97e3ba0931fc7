import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { GitHubWorld } from '../../../src/sandbox/github/github-world.js'
import { asApp, asPerson, openPull, SHOP, startWorld } from './start-world.js'

let world: GitHubWorld

beforeEach(async () => {
  world = await startWorld()
})

afterEach(() => world.close())

test('issues are created with labels, found by label, creator and state, and closed', async () => {
  const { rest } = asApp(world)
  const { data: made } = await rest.issues.create({
    ...SHOP,
    title: 'Week 1',
    body: 'b',
    labels: ['trimtab', 'weekly'],
  })
  await asPerson(world, 'wim').rest.issues.create({ ...SHOP, title: 'other', labels: ['weekly'] })
  const numbers = async (query: Readonly<Record<string, string>>) =>
    (await rest.issues.listForRepo({ ...SHOP, ...query })).data.map((issue) => issue.number)
  expect(await numbers({ labels: 'trimtab,weekly' })).toEqual([made.number])
  expect(await numbers({ creator: 'trimtab[bot]' })).toEqual([made.number])
  await rest.issues.update({ ...SHOP, issue_number: made.number, state: 'closed' })
  expect(await numbers({ labels: 'trimtab' })).toEqual([])
  expect(await numbers({ labels: 'trimtab', state: 'closed' })).toEqual([made.number])
  expect(await world.issues('shop')).toMatchObject([
    { title: 'Week 1', state: 'closed', labels: ['trimtab', 'weekly'] },
    {},
  ])
})

test('a pull request is an issue too: in the list, by number, with labels, and closable', async () => {
  const octokit = asApp(world)
  const number = await openPull(octokit, 'trimtab/1', 'README.md', '# new\n')
  await octokit.rest.issues.addLabels({ ...SHOP, issue_number: number, labels: ['trimtab'] })
  const { data } = await octokit.rest.issues.listForRepo({ ...SHOP, labels: 'trimtab' })
  expect(data).toMatchObject([{ number, pull_request: { merged_at: null } }])
  expect((await octokit.rest.pulls.get({ ...SHOP, pull_number: number })).data.labels).toMatchObject([
    { name: 'trimtab' },
  ])
  await octokit.rest.issues.update({ ...SHOP, issue_number: number, state: 'closed' })
  expect((await world.pulls('shop'))[0]?.state).toBe('closed')
  expect(await world.issues('shop')).toEqual([])
})

test('comments are created, changed and listed', async () => {
  const { rest } = asApp(world)
  const { data: issue } = await rest.issues.create({ ...SHOP, title: 'x' })
  const { data: comment } = await rest.issues.createComment({ ...SHOP, issue_number: issue.number, body: 'one' })
  await rest.issues.updateComment({ ...SHOP, comment_id: comment.id, body: 'two' })
  await world.comment('shop', issue.number, 'wim', 'three')
  const bodies = (await world.comments('shop', issue.number)).map(({ by, body }) => [by, body])
  expect(bodies).toEqual([
    ['trimtab[bot]', 'two'],
    ['wim', 'three'],
  ])
})

test('a reaction is kept once for each user and kind', async () => {
  const { rest } = asApp(world)
  const { data: issue } = await rest.issues.create({ ...SHOP, title: 'x' })
  const comment_id = await world.comment('shop', issue.number, 'wim', '@trimtab help')
  const react = (content: 'eyes' | '+1') => rest.reactions.createForIssueComment({ ...SHOP, comment_id, content })
  expect([(await react('eyes')).status, (await react('eyes')).status, (await react('+1')).status]).toEqual([
    201, 200, 201,
  ])
  const { data } = await rest.reactions.listForIssueComment({ ...SHOP, comment_id })
  expect(data.map((reaction) => [reaction.user?.login, reaction.content])).toEqual([
    ['trimtab[bot]', 'eyes'],
    ['trimtab[bot]', '+1'],
  ])
  await expect(
    rest.reactions.createForIssueComment({ ...SHOP, comment_id: 999, content: 'eyes' }),
  ).rejects.toMatchObject({ status: 404 })
})

test('a body of 65,536 characters is taken, one more is refused', async () => {
  const { rest } = asApp(world)
  const create = (length: number) => rest.issues.create({ ...SHOP, title: 'x', body: 'é'.repeat(length) })
  expect((await create(65_536)).status).toBe(201)
  await expect(create(65_537)).rejects.toMatchObject({ status: 422 })
})

test('long titles, labels and summaries and bad branch names are refused', async () => {
  const { rest } = asApp(world)
  const sha = (await rest.git.getRef({ ...SHOP, ref: 'heads/main' })).data.object.sha
  const run = { ...SHOP, name: 'c', head_sha: sha }
  const refused = [
    () => rest.issues.create({ ...SHOP, title: 'x'.repeat(257) }),
    () => rest.issues.create({ ...SHOP, title: 'x', labels: ['l'.repeat(51)] }),
    () => rest.issues.createLabel({ ...SHOP, name: 'x', description: 'd'.repeat(101) }),
    () => rest.checks.create({ ...run, output: { title: 't', summary: 's'.repeat(65_536) } }),
    () => rest.git.createRef({ ...SHOP, ref: 'refs/heads/two words', sha }),
    () => rest.git.createRef({ ...SHOP, ref: 'refs/heads/a..b', sha }),
  ]
  for (const call of refused) await expect(call()).rejects.toMatchObject({ status: 422 })
})

test('long lists come in pages', async () => {
  const octokit = asApp(world)
  for (let index = 1; index <= 5; index += 1) {
    await octokit.rest.issues.create({ ...SHOP, title: `issue ${index}` })
    await world.comment('shop', 1, 'wim', `comment ${index}`)
  }
  const issues = await octokit.paginate(octokit.rest.issues.listForRepo, { ...SHOP, per_page: 2, direction: 'asc' })
  expect(issues.map((issue) => issue.title)).toEqual([1, 2, 3, 4, 5].map((index) => `issue ${index}`))
  const comments = await octokit.paginate(octokit.rest.issues.listComments, { ...SHOP, issue_number: 1, per_page: 2 })
  expect(comments.map((comment) => comment.body)).toEqual([1, 2, 3, 4, 5].map((index) => `comment ${index}`))
})

test('check runs are created, completed and listed for a commit', async () => {
  const { rest } = asApp(world)
  const { data: ref } = await rest.git.getRef({ ...SHOP, ref: 'heads/main' })
  const head_sha = ref.object.sha
  const output = { title: 'configuration', summary: 'fine' }
  const { data: run } = await rest.checks.create({ ...SHOP, name: 'trimtab', head_sha, status: 'in_progress', output })
  await rest.checks.update({ ...SHOP, check_run_id: run.id, status: 'completed', conclusion: 'success' })
  const { data } = await rest.checks.listForRef({ ...SHOP, ref: 'main' })
  expect(data.check_runs).toMatchObject([
    { name: 'trimtab', conclusion: 'success', app: { slug: 'trimtab' }, output: { summary: 'fine' } },
  ])
})

test('reviews are listed with their verdict, and requested only from people with access', async () => {
  const octokit = asApp(world)
  const pull_number = await openPull(octokit, 'trimtab/1', 'README.md', '# new\n')
  await asPerson(world, 'wim').rest.pulls.createReview({ ...SHOP, pull_number, event: 'APPROVE', body: 'ok' })
  const { data } = await octokit.rest.pulls.listReviews({ ...SHOP, pull_number })
  expect(data).toMatchObject([{ state: 'APPROVED', user: { login: 'wim' } }])
  await octokit.rest.pulls.requestReviewers({ ...SHOP, pull_number, reviewers: ['ada'] })
  const { data: pull } = await octokit.rest.pulls.get({ ...SHOP, pull_number })
  expect(pull.requested_reviewers).toMatchObject([{ login: 'ada' }])
  for (const reviewer of ['noa', 'nobody', 'trimtab[bot]']) {
    const request = octokit.rest.pulls.requestReviewers({ ...SHOP, pull_number, reviewers: ['wim', reviewer] })
    await expect(request).rejects.toMatchObject({ status: 422 })
  }
})
