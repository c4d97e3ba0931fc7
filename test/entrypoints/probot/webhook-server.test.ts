import { createHmac } from 'node:crypto'
import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createLocalLeases } from '../../../src/adapters/local/table/leases.js'
import { createLocalNotebook } from '../../../src/adapters/local/table/notebook.js'
import { createLocalRecommendations } from '../../../src/adapters/local/table/recommendations.js'
import { startWebhookServer, type WebhookServer } from '../../../src/entrypoints/probot/webhook-server.js'
import type { CodeHost, Deps } from '../../../src/workflows/deps.js'

const secret = 'the secret of the hook'
const at = new Date('2026-11-23T10:00:00Z')
const clock = { now: () => at, sleep: async () => undefined }
const notebook = createLocalNotebook(clock)
const comment = {
  action: 'created',
  repository: { full_name: 'acme/shop' },
  issue: { number: 7 },
  comment: { id: 99, body: '/trimtab help', user: { login: 'ada', type: 'User' } },
}

let reads = 0
let failures = 0
let gate: Promise<void> = Promise.resolve()
let server: WebhookServer

beforeAll(async () => {
  const recommendations = createLocalRecommendations(clock)
  const deps = {
    clock,
    journal: { outcome: () => undefined, failure: () => undefined },
    leases: createLocalLeases(clock),
    notebook,
    recommendations: {
      ...recommendations,
      list: async (query: Parameters<typeof recommendations.list>[0]) => {
        reads += 1
        await gate
        if (failures > 0) {
          failures -= 1
          throw new Error('the table is away')
        }
        return recommendations.list(query)
      },
    },
    owner: 'test',
  } as unknown as Deps
  server = await startWebhookServer({ deps, host: {} as CodeHost, secret, port: 0, retryDelaysMs: [1, 1] })
})

afterAll(() => server.close())

function signed(body: string, key = secret): string {
  return `sha256=${createHmac('sha256', key).update(body).digest('hex')}`
}

function withResolvers(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve: () => void = () => undefined
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve }
}

interface Sent {
  readonly body?: string
  readonly headers?: Readonly<Record<string, string | readonly string[]>>
  readonly method?: string
  readonly path?: string
}

/** The status of a raw request: header values may be lists, as an attacker may send them. */
function send({ body = '', headers = {}, method = 'POST', path }: Sent): Promise<number> {
  const url = new URL(server.url)
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { host: url.hostname, port: url.port, path: path ?? url.pathname, method, headers: headers as never },
      (response) => {
        response.resume()
        resolve(response.statusCode as number)
      },
    )
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

function deliver(id: string, body = JSON.stringify(comment)): Promise<number> {
  const headers = { 'x-hub-signature-256': signed(body), 'x-github-delivery': id, 'x-github-event': 'issue_comment' }
  return send({ body, headers })
}

describe('the webhook server', () => {
  it('answers 202 and does the work', async () => {
    expect(await deliver('d-1')).toBe(202)
    await server.idle()
    expect(await notebook.read('delivery#d-1')).toBeDefined()
  })

  it('does the work of a redelivery once', async () => {
    await deliver('d-2')
    await server.idle()
    const before = reads
    expect(await deliver('d-2')).toBe(202)
    await server.idle()
    expect(reads).toBe(before)
  })

  it('answers before the work is done', async () => {
    const { promise, resolve } = withResolvers()
    gate = promise
    expect(await deliver('d-3')).toBe(202)
    expect(await notebook.read('delivery#d-3')).toBeUndefined()
    resolve()
    await server.idle()
    expect(await notebook.read('delivery#d-3')).toBeDefined()
  })

  it.each([
    ['no signature', {}],
    ['an empty signature', { 'x-hub-signature-256': '' }],
    ['a signature with another secret', { 'x-hub-signature-256': signed(JSON.stringify(comment), 'guess') }],
    ['a signature of another body', { 'x-hub-signature-256': signed('{}') }],
    ['two signatures', { 'x-hub-signature-256': [signed(JSON.stringify(comment)), 'sha256=00'] }],
    ['only a sha1 signature', { 'x-hub-signature': 'sha1=c0ffee' }],
    ['a sha1 in the place of sha256', { 'x-hub-signature-256': 'sha1=c0ffee' }],
    ['a signature that is no hex', { 'x-hub-signature-256': 'sha256=\u00ff\u00fe' }],
  ])('answers 401 to %s', async (_what, headers) => {
    const more = { 'x-github-delivery': 'd-4', 'x-github-event': 'issue_comment' }
    expect(await send({ body: JSON.stringify(comment), headers: { ...headers, ...more } })).toBe(401)
    expect(await notebook.read('delivery#d-4')).toBeUndefined()
  })

  it('answers 401 to an empty body', async () => {
    expect(await send({ headers: { 'x-hub-signature-256': signed('x') } })).toBe(401)
  })

  it('answers 413 to more than 1 MB, told or not, and stays alive', async () => {
    const body = 'x'.repeat(1024 * 1024 + 1)
    const headers = { 'x-hub-signature-256': signed(body) }
    expect(await send({ body, headers: { ...headers, 'content-length': String(body.length) } })).toBe(413)
    expect(await send({ body, headers: { ...headers, 'transfer-encoding': 'chunked' } })).toBe(413)
    expect(await deliver('d-5')).toBe(202)
    await server.idle()
  })

  it('answers 400 to a signed body that is no delivery', async () => {
    const body = '{"half'
    const headers = { 'x-hub-signature-256': signed(body), 'x-github-delivery': 'd', 'x-github-event': 'issues' }
    expect(await send({ body, headers })).toBe(400)
    expect(await send({ body: '{}', headers: { 'x-hub-signature-256': signed('{}') } })).toBe(400)
  })

  it('answers 404 and 405 elsewhere', async () => {
    expect(await send({ path: '/' })).toBe(404)
    expect(await send({ method: 'GET' })).toBe(405)
  })

  it('tries failed work again', async () => {
    failures = 2
    expect(await deliver('d-6')).toBe(202)
    await server.idle()
    expect(await notebook.read('delivery#d-6')).toBeDefined()
  })

  it('lives on after work that keeps failing', async () => {
    failures = 3
    await deliver('d-7')
    await server.idle()
    expect(await notebook.read('delivery#d-7')).toBeUndefined()
    expect(await deliver('d-8')).toBe(202)
    await server.idle()
    expect(await notebook.read('delivery#d-8')).toBeDefined()
  })
})
