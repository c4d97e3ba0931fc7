import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from '@jest/globals'
import { createWallClock, openVirtualClock } from '../../../src/adapters/local/clock.js'
import { startAwsServer } from '../../../src/sandbox/aws/server.js'
import { createWorld } from '../../../src/sandbox/world/world.js'
import { createWorldClock } from '../../../src/sandbox/world-clock.js'

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

/** A world's clock that stands still between requests. */
async function clockServer(answer: (advancedMs: number) => string): Promise<string> {
  let advanced = 0
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += String(chunk)
    })
    request.on('end', () => {
      if (request.method === 'POST') advanced += Number(JSON.parse(body).advanceMs)
      response.setHeader('content-type', 'application/json')
      response.end(answer(advanced))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/clock`
}

const start = Date.parse('2026-11-23T10:00:00Z')

test('sleeping on a virtual clock moves its world on instead of waiting', async () => {
  const url = await clockServer((ms) => JSON.stringify({ now: new Date(start + ms).toISOString() }))
  const clock = await openVirtualClock(url)
  expect(clock.now().toISOString()).toBe('2026-11-23T10:00:00.000Z')
  await clock.sleep(14 * 24 * 3_600_000)
  expect(clock.now().toISOString()).toBe('2026-12-07T10:00:00.000Z')
})

test('two clients of one world agree on its time', async () => {
  const world = createWorldClock(
    createWorld({ seed: 1, nowAt: '2026-11-23T10:00:00Z', groups: [], historyDays: 0 }),
    false,
  )
  const server = await startAwsServer({ operations: {}, admin: { clock: world.handler } })
  closers.push(() => void server.close())
  const url = `${server.url}/_trimtab/clock`
  const [one, other] = [await openVirtualClock(url), await openVirtualClock(url)]
  for (const minutes of [1, 2, 3]) {
    await one.sleep(60_000)
    await until(() => other.now().getTime() === start + minutes * 60_000)
  }
  expect(other.now()).toEqual(one.now())
})

/** Polls without a deadline of its own: the runner's is the limit. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve))
}

test('a clock that stands still is not moved on by ours, one that runs goes on between two answers', async () => {
  const standing = await openVirtualClock(await clockServer(() => JSON.stringify({ now: '2026-11-23T10:00:00Z' })))
  await createWallClock().sleep(5)
  expect(standing.now().toISOString()).toBe('2026-11-23T10:00:00.000Z')
  let looks = 0
  const running = await openVirtualClock(
    await clockServer(() => {
      looks += 1
      return JSON.stringify({ now: new Date(start + looks * 20).toISOString() })
    }),
  )
  const seen = running.now().getTime()
  await createWallClock().sleep(5)
  expect(running.now().getTime()).toBeGreaterThan(seen)
})

test('a clock that nobody serves, or that gives no time, is one clear fault', async () => {
  await expect(openVirtualClock('http://127.0.0.1:9/clock')).rejects.toMatchObject({ code: 'unreachable' })
  const bad = await clockServer(() => '<html>')
  await expect(openVirtualClock(bad)).rejects.toMatchObject({
    code: 'unsupported',
    message: expect.stringContaining(bad),
  })
})

test('the wall clock sleeps at least as long as asked', async () => {
  const clock = createWallClock()
  const before = clock.now().getTime()
  await clock.sleep(5)
  expect(clock.now().getTime()).toBeGreaterThanOrEqual(before + 4)
})
