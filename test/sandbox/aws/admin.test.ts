import { AutoScalingClient, DescribeAutoScalingGroupsCommand } from '@aws-sdk/client-auto-scaling'
import { expect, test } from '@jest/globals'
import { faultsHandler } from '../../../src/sandbox/aws/admin.js'
import { createFaults } from '../../../src/sandbox/aws/faults.js'
import { clientFor, failure, started } from './started.js'

const post = (url: string, body: unknown) => fetch(url, { method: 'POST', body: JSON.stringify(body) })

test('an admin route gets method and body, unsigned, and answers JSON', async () => {
  let now = '2026-11-23T10:00:00Z'
  const server = await started({
    operations: {},
    admin: {
      clock: (method, body) => {
        if (method === 'POST') now = (body as { now: string }).now
        return { now }
      },
    },
  })
  expect(await (await fetch(`${server.url}/_trimtab/clock`)).json()).toEqual({ now })
  const moved = await post(`${server.url}/_trimtab/clock`, { now: '2026-11-24T10:00:00Z' })
  expect(await moved.json()).toEqual({ now: '2026-11-24T10:00:00Z' })
  server.registerAdmin('late', async () => 'here')
  expect(await (await fetch(`${server.url}/_trimtab/late?x=1`)).json()).toBe('here')
})

test('an unknown admin route is a 404 that lists the routes, a bad body a 400 that says why', async () => {
  const server = await started({ operations: {}, admin: { clock: () => ({}) } })
  const unknown = await fetch(`${server.url}/_trimtab/clocks`)
  expect([unknown.status, await unknown.json()]).toEqual([404, { error: 'no route clocks', routes: ['clock'] }])
  const bad = await fetch(`${server.url}/_trimtab/clock`, { method: 'POST', body: '{' })
  expect(bad.status).toBe(400)
})

test('faults are set and cleared over HTTP', async () => {
  const faults = createFaults()
  const operations = { 'autoscaling:DescribeAutoScalingGroups': () => ({}) }
  const server = await started({ operations, faults, admin: { faults: faultsHandler(faults) } })
  const client = new AutoScalingClient(clientFor(server))
  const url = `${server.url}/_trimtab/faults`
  expect((await post(url, { operation: 'autoscaling:*', kind: 'denied' })).status).toBe(200)
  expect((await failure(client.send(new DescribeAutoScalingGroupsCommand({})))).name).toBe('AccessDenied')
  expect((await fetch(url, { method: 'DELETE' })).status).toBe(200)
  await client.send(new DescribeAutoScalingGroupsCommand({}))
  const refused = await post(url, { operation: '*', kind: 'explode' })
  expect([refused.status, await refused.json()]).toEqual([400, { error: expect.stringContaining('got "explode"') }])
  expect((await post(url, { kind: 'denied' })).status).toBe(400)
})
