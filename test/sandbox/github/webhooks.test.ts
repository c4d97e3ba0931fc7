import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { Webhooks } from '@octokit/webhooks'
import type { GitHubWorld } from '../../../src/sandbox/github/github-world.js'
import { asApp, openPull, SHOP, startWorld } from './start-world.js'

interface Receiver {
  readonly url: string
  /** `event.action` of what came in with a good signature, and the payloads. */
  readonly seen: string[]
  readonly payloads: Record<string, unknown>[]
  readonly ids: string[]
  close(): void
}

const SECRET = 'between us'

async function startReceiver(status = 200): Promise<Receiver> {
  const webhooks = new Webhooks({ secret: SECRET })
  const seen: string[] = []
  const payloads: Record<string, unknown>[] = []
  const ids: string[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks).toString('utf8')
    const good = await webhooks.verify(body, String(request.headers['x-hub-signature-256']))
    const payload = JSON.parse(body) as Record<string, unknown>
    const name = [request.headers['x-github-event'], payload.action].filter((part) => part !== undefined)
    seen.push(good ? name.join('.') : 'forged')
    payloads.push(payload)
    ids.push(String(request.headers['x-github-delivery']))
    response.writeHead(status).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  return { url, seen, payloads, ids, close: () => server.close() }
}

let receiver: Receiver
let world: GitHubWorld

beforeEach(async () => {
  receiver = await startReceiver()
  world = await startWorld({ webhook: { url: receiver.url, secret: SECRET } })
})

afterEach(async () => {
  await world.close()
  receiver.close()
})

test('the life of a pull request is told signed and in order', async () => {
  const octokit = asApp(world)
  const number = await openPull(octokit, 'trimtab/1', 'README.md', '# new\n')
  await octokit.rest.issues.addLabels({ ...SHOP, issue_number: number, labels: ['trimtab'] })
  await octokit.rest.pulls.update({ ...SHOP, pull_number: number, title: 'Better' })
  await octokit.rest.pulls.update({ ...SHOP, pull_number: number, title: 'Better' })
  await world.comment('shop', number, 'wim', '/trimtab explain')
  await world.merge('shop', number, 'wim')
  await world.settled()
  const told = ['pull_request.opened', 'pull_request.labeled', 'pull_request.edited', 'issue_comment.created']
  expect(receiver.seen).toEqual(['push', ...told, 'pull_request.closed', 'push'])
  const closed = receiver.payloads.at(-2)
  expect(closed).toMatchObject({
    action: 'closed',
    pull_request: { number, merged: true, title: 'Better', head: { ref: 'trimtab/1' } },
    repository: { full_name: 'acme/shop' },
    installation: { id: world.app.installationId },
    sender: { login: 'wim' },
  })
  expect(receiver.payloads.at(-1)).toMatchObject({ ref: 'refs/heads/main', commits: [{}, { modified: ['README.md'] }] })
})

test('a comment on a pull request carries the issue with its pull_request mark', async () => {
  const number = await openPull(asApp(world), 'trimtab/1', 'README.md', '# new\n')
  const id = await world.comment('shop', number, 'rea', 'hi')
  await world.settled()
  expect(receiver.payloads.at(-1)).toMatchObject({
    issue: { number, pull_request: {} },
    comment: { id, body: 'hi', user: { login: 'rea' } },
  })
})

test('new commits on the branch of an open pull request synchronise it', async () => {
  const octokit = asApp(world)
  await openPull(octokit, 'trimtab/1', 'README.md', '# new\n')
  await world.commit('shop', 'wim', new Map([['README.md', '# newer\n']]), { branch: 'trimtab/1' })
  await world.settled()
  expect(receiver.seen.slice(-2)).toEqual(['pull_request.synchronize', 'push'])
})

test('issues and check runs are told', async () => {
  const { rest } = asApp(world)
  const { data: issue } = await rest.issues.create({ ...SHOP, title: 'x' })
  await world.closeIssue('shop', issue.number, 'wim')
  const { data: ref } = await rest.git.getRef({ ...SHOP, ref: 'heads/main' })
  await rest.checks.create({ ...SHOP, name: 'c', head_sha: ref.object.sha, status: 'completed', conclusion: 'success' })
  await world.settled()
  expect(receiver.seen).toEqual(['issues.opened', 'issues.closed', 'check_run.created', 'check_run.completed'])
})

test('a redelivery carries the same id and payload', async () => {
  await asApp(world).rest.issues.create({ ...SHOP, title: 'x' })
  await world.settled()
  const [first] = world.deliveries
  await world.redeliver(first?.id ?? '')
  expect(receiver.ids).toEqual([first?.id, first?.id])
  expect(receiver.payloads[1]).toEqual(receiver.payloads[0])
  expect(world.deliveries).toMatchObject([{ event: 'issues', attempts: 2, status: 200 }])
  await expect(world.redeliver('unknown')).rejects.toThrow('no delivery unknown')
})

test('a receiver set later gets what happens later; what it answers is in the log', async () => {
  const late = await startWorld()
  await asApp(late).rest.issues.create({ ...SHOP, title: 'before' })
  const broken = await startReceiver(500)
  late.setWebhook(broken.url)
  await asApp(late).rest.issues.create({ ...SHOP, title: 'after' })
  await late.settled()
  expect(late.deliveries.map(({ attempts, status }) => [attempts, status])).toEqual([
    [0, undefined],
    [1, 500],
  ])
  await late.close()
  broken.close()
})
