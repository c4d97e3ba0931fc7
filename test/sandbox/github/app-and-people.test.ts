import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { createAppAuth } from '@octokit/auth-app'
import { Octokit } from '@octokit/rest'
import { type GitHubWorld, newAppKey } from '../../../src/sandbox/github/github-world.js'
import { asApp, asPerson, QUIET, SHOP, startWorld } from './start-world.js'

let world: GitHubWorld

beforeEach(async () => {
  world = await startWorld()
})

afterEach(() => world.close())

test('the app finds its installation with its key and trades it for a token that lists the repositories', async () => {
  const { appId, privateKey } = world.app
  const app = new Octokit({ baseUrl: world.url, authStrategy: createAppAuth, auth: { appId, privateKey }, log: QUIET })
  expect((await app.rest.apps.getAuthenticated()).data).toMatchObject({ id: Number(appId), slug: 'trimtab' })
  const { data: installations } = await app.rest.apps.listInstallations()
  expect(installations.map(({ id }) => id)).toEqual([world.app.installationId])
  const { data } = await asApp(world).rest.apps.listReposAccessibleToInstallation()
  expect(data.repositories.map((repository) => [repository.full_name, repository.private])).toEqual([
    ['acme/shop', true],
  ])
})

test('a token’s deadline is on the wall clock even when the world’s clock is not', async () => {
  const past = await startWorld({ now: () => new Date('2020-01-01T00:00:00Z') })
  const { appId, privateKey, installationId } = past.app
  const app = new Octokit({ baseUrl: past.url, authStrategy: createAppAuth, auth: { appId, privateKey }, log: QUIET })
  const before = Date.now()
  const { data } = await app.rest.apps.createInstallationAccessToken({ installation_id: installationId })
  expect(Date.parse(data.expires_at)).toBeGreaterThanOrEqual(before + 3_600_000 - 1000)
  await past.close()
})

test('another key, another token or none gets nothing', async () => {
  const other = await startWorld({ privateKey: await newAppKey() })
  await expect(
    asApp({ ...world, app: { ...world.app, privateKey: other.app.privateKey } }).rest.repos.get(SHOP),
  ).rejects.toMatchObject({
    status: 401,
  })
  await other.close()
  const bad = new Octokit({ baseUrl: world.url, auth: 'ghp_guessed', log: QUIET })
  await expect(bad.rest.repos.get(SHOP)).rejects.toMatchObject({ status: 401 })
  const nobody = new Octokit({ baseUrl: world.url, log: QUIET })
  expect(
    (await nobody.rest.git.getRef({ ...SHOP, ref: 'heads/main' }).catch((error) => error)).status,
  ).toBeGreaterThanOrEqual(400)
})

test.each([
  ['ada', 'admin'],
  ['wim', 'write'],
  ['rea', 'read'],
  ['noa', 'none'],
])('the permission of %s is %s', async (username, permission) => {
  const { data } = await asApp(world).rest.repos.getCollaboratorPermissionLevel({ ...SHOP, username })
  expect(data.permission).toBe(permission)
  expect(data.user?.login).toBe(username)
})

test('nobody of that name is 404, and an outsider to a public repository may read', async () => {
  const unknown = asApp(world).rest.repos.getCollaboratorPermissionLevel({ ...SHOP, username: 'nobody' })
  await expect(unknown).rejects.toMatchObject({ status: 404 })
  const open = await startWorld({ repositories: [{ name: 'shop', files: new Map([['a', 'a']]), private: false }] })
  const { data } = await asApp(open).rest.repos.getCollaboratorPermissionLevel({ ...SHOP, username: 'noa' })
  expect(data.permission).toBe('read')
  await open.close()
})

test('an installation without a permission is refused', async () => {
  const readOnly = await startWorld({ permissions: { contents: 'read', metadata: 'read', issues: 'read' } })
  const { rest } = asApp(readOnly)
  expect((await rest.repos.getContent({ ...SHOP, path: 'README.md' })).status).toBe(200)
  await expect(rest.issues.create({ ...SHOP, title: 'x' })).rejects.toMatchObject({ status: 403 })
  await expect(rest.git.createBlob({ ...SHOP, content: 'x' })).rejects.toMatchObject({ status: 403 })
  await readOnly.close()
})

test('readers may comment and react but not write, outsiders see nothing', async () => {
  const reader = asPerson(world, 'rea').rest
  const { data: issue } = await reader.issues.create({ ...SHOP, title: 'question' })
  await reader.issues.createComment({ ...SHOP, issue_number: issue.number, body: 'hello?' })
  const label = reader.issues.addLabels({ ...SHOP, issue_number: issue.number, labels: ['x'] })
  await expect(label).rejects.toMatchObject({ status: 403 })
  await expect(asPerson(world, 'noa').rest.repos.get(SHOP)).rejects.toMatchObject({ status: 404 })
})
