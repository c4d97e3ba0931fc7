import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startWebhookServer, type WebhookServer } from '../../src/entrypoints/probot/webhook-server.js'
import type { CodeHost, Deps } from '../../src/workflows/deps.js'
import { localDeps } from './local-deps.js'

const secret = 'canary-webhook-secret'
const megabyte = 1024 * 1024
const lines: string[] = []
let server: WebhookServer

beforeAll(async () => {
  const deps = localDeps(lines) as Deps
  server = await startWebhookServer({ deps, host: {} as CodeHost, secret, port: 0, retryDelaysMs: [] })
})
afterAll(() => server.close())

const sign = (body: string | Buffer, algorithm = 'sha256') =>
  `${algorithm}=${createHmac(algorithm, secret).update(body).digest('hex')}`

interface Sent {
  readonly body?: string | Buffer
  readonly headers?: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly method?: string
  readonly path?: string
  readonly chunked?: boolean
}

/** The status that the server gave, or 0 where it cut the connection without one. */
function post({ body = '', headers = {}, method = 'POST', path, chunked = false }: Sent): Promise<number> {
  const url = new URL(server.url)
  const given = {
    'x-hub-signature-256': sign(body),
    'x-github-event': 'issue_comment',
    'x-github-delivery': 'd-1',
    ...(!chunked && { 'content-length': String(Buffer.byteLength(body)) }),
    ...headers,
  }
  const kept = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  return new Promise((resolve) => {
    const sent: ClientRequest = request(
      { host: url.hostname, port: url.port, path: path ?? url.pathname, method, headers: kept as never },
      (response: IncomingMessage) => {
        response.resume()
        resolve(response.statusCode ?? 0)
      },
    )
    sent.on('error', () => resolve(0))
    sent.end(body)
  })
}

function commentOn(id: number, body: string): string {
  return JSON.stringify({
    action: 'created',
    repository: { full_name: 'acme/shop' },
    issue: { number: id },
    comment: { id, body, user: { login: 'wim', type: 'User' } },
  })
}

const good = commentOn(1, '/trimtab help')

describe('signatures', () => {
  it('takes a good one', async () => {
    expect(await post({ body: good })).toBe(202)
  })

  it.each<[string, string | readonly string[] | undefined]>([
    ['none', undefined],
    ['an empty one', ''],
    ['a word', 'sha256'],
    ['only the algorithm', 'sha256='],
    ['a short one', 'sha256=00'],
    ['a long one', `sha256=${'0'.repeat(6_000)}`],
    ['not hex', `sha256=${'z'.repeat(64)}`],
    ['a wrong one of the right length', `sha256=${'0'.repeat(64)}`],
    ['sha1', sign(good, 'sha1')],
    ['sha1 under the name of sha256', sign(good, 'sha1').replace('sha1', 'sha256')],
    ['the digest alone', sign(good).slice(7)],
    ['upper case', sign(good).toUpperCase()],
    ['two of them', [sign(good), sign(good)]],
    ['a bad one and a good one', [`sha256=${'0'.repeat(64)}`, sign(good)]],
    ['an odd prefix', `constructor=${sign(good).slice(7)}`],
    ['a JSON array', `["${sign(good)}"]`],
    ['the signature of another body', sign(`${good} `)],
    ['one with other letters behind', `${sign(good)}00`],
  ])('answers 401 to %s', async (_what, signature) => {
    expect(await post({ body: good, headers: { 'x-hub-signature-256': signature } })).toBe(401)
  })

  it('answers 401 to an empty body, signed or not', async () => {
    expect(await post({ body: '' })).toBe(401)
  })

  it('takes a body with bytes that are no UTF-8 for what was signed, or refuses it', async () => {
    const body = Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xff, 0xfe, 0x80]), Buffer.from('"}')])
    expect([202, 400, 401]).toContain(await post({ body }))
  })

  it('leaves the comparison to the library, which compares in constant time', () => {
    const own = readFileSync(new URL('../../src/entrypoints/webhooks/verify-delivery.ts', import.meta.url), 'utf8')
    expect(own).toContain('webhooks.verify(body, signature)')
    expect(own).not.toContain('== signature')
  })
})

describe('bodies', () => {
  it.each([
    ['invalid JSON', '{'],
    ['HTML', '<html>'],
    ['a NUL', '\u0000'],
  ])('answers 400 to %s with a right signature', async (_what, body) => {
    expect(await post({ body })).toBe(400)
  })

  it.each([
    ['null', 'null'],
    ['a number', '1'],
    ['a list', '[]'],
    ['prototype keys', '{"__proto__":{"action":"created"},"constructor":{},"action":"created"}'],
    ['a comment without its author', '{"action":"created","repository":{"full_name":"a/b"},"issue":{"number":1}}'],
    ['numbers that are none', good.replace('"number":1', '"number":1e400')],
    ['a hundred thousand brackets', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
  ])('answers 202 to %s and does nothing', async (_what, body) => {
    expect(await post({ body })).toBe(202)
  })

  it('answers 413 to 25 MB by its length, without reading it', async () => {
    expect(await post({ body: Buffer.alloc(25 * megabyte, 'a') })).toBe(413)
  })

  it('answers 413 to 25 MB in chunks without a length', async () => {
    expect(await post({ body: Buffer.alloc(25 * megabyte, 'a'), chunked: true })).toBe(413)
  })

  it('answers 413 to a length that lies small by cutting the body there: 401', async () => {
    expect(await post({ body: good, headers: { 'content-length': '10' } })).not.toBe(202)
  })

  it('cuts off a body that comes too slowly', async () => {
    const deps = localDeps([]) as Deps
    const hasty = await startWebhookServer({ deps, host: {} as CodeHost, secret, port: 0, requestTimeoutMs: 250 })
    const { port, hostname } = new URL(hasty.url)
    const socket = connect(Number(port), hostname)
    socket.write('POST /api/github/webhooks HTTP/1.1\r\nhost: x\r\nx-hub-signature-256: sha256=00\r\n')
    socket.write('content-length: 900\r\n\r\n')
    const drip = setInterval(() => socket.write('a'), 20)
    await new Promise((resolve) => socket.on('error', () => undefined).on('close', resolve))
    clearInterval(drip)
    await hasty.close()
  })
})

describe('headers and ways', () => {
  it.each<[string, Sent, number]>([
    ['another path', { path: '/' }, 404],
    ['a path that climbs', { path: '/api/github/webhooks/../../x' }, 404],
    ['another method', { method: 'GET', body: '' }, 405],
    ['no delivery id', { headers: { 'x-github-delivery': undefined } }, 400],
    ['a delivery id of odd letters', { headers: { 'x-github-delivery': 'lease#x' } }, 400],
    ['a delivery id that is endless', { headers: { 'x-github-delivery': 'd'.repeat(500) } }, 400],
    ['no event', { headers: { 'x-github-event': undefined } }, 400],
    ['an unknown event', { headers: { 'x-github-event': '__proto__' } }, 202],
    ['an event of another kind', { headers: { 'x-github-event': 'installation' } }, 202],
  ])('answers %s', async (_what, sent, status) => {
    expect(await post({ body: good, ...sent })).toBe(status)
  })

  it('works a delivery that arrives ten times at once only once', async () => {
    await server.idle()
    lines.length = 0
    const body = commentOn(7, '/trimtab help')
    const headers = { 'x-github-delivery': 'same-one' }
    const answers = await Promise.all(Array.from({ length: 10 }, () => post({ body, headers })))
    expect(answers).toEqual(Array.from({ length: 10 }, () => 202))
    await server.idle()
    const outcomes = lines.map((line) => (JSON.parse(line) as { outcome?: string }).outcome)
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1)
    expect(outcomes.filter((outcome) => outcome === 'known')).toHaveLength(9)
  })

  it('is alive after all of it, and said no secret', async () => {
    expect(await post({ body: good })).toBe(202)
    await server.idle()
    expect(lines.join('\n')).not.toContain(secret)
  })
})
