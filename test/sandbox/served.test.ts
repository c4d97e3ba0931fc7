import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { writeEnvironmentFile } from '../../src/entrypoints/cli/demo/serve.js'
import { readEstateFiles } from '../../src/sandbox/estate/read-estate-files.js'
import { company, type Sandbox, startSandbox } from '../../src/sandbox/start-sandbox.js'
import { groupFor } from '../../src/sandbox/world/scenarios.js'

let sandbox: Sandbox
const folder = mkdtempSync(join(tmpdir(), 'trimtab-served-'))

beforeAll(async () => {
  const groups = [groupFor('overProvisioned', 1)]
  const nowAt = '2026-11-23T10:00:00.000Z'
  sandbox = await startSandbox({ seed: 1, nowAt, groups, files: readEstateFiles(), realTime: true })
}, 240_000)

afterAll(async () => {
  await sandbox.close()
  rmSync(folder, { recursive: true })
})

async function asLead(method: string, path: string, body: unknown): Promise<Response> {
  const headers = { authorization: `token ${sandbox.github.token(company.lead)}` }
  return fetch(`${sandbox.github.url}/repos/${sandbox.repository}${path}`, {
    method,
    headers,
    body: JSON.stringify(body),
  })
}

it('deploys what a person merges over HTTP, and sends webhooks where it was told to', async () => {
  const heard: string[] = []
  const receiver = createServer((request, response) => {
    heard.push(String(request.headers['x-github-event']))
    request.resume().on('end', () => response.end())
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`
  const admin = `${sandbox.aws.url}/_trimtab/webhook`
  expect((await fetch(admin, { method: 'POST', body: '{"url": "nowhere"}' })).status).toBe(400)
  expect((await fetch(admin, { method: 'POST', body: JSON.stringify({ url }) })).status).toBe(200)

  const path = 'live/storefront/env/production.tfvars'
  const before = (await sandbox.github.files(company.repository)).get(path) ?? ''
  const main = (await (await asLead('GET', '/git/ref/heads/main', undefined)).json()) as { object: { sha: string } }
  await asLead('POST', '/git/refs', { ref: 'refs/heads/smaller', sha: main.object.sha })
  const content = Buffer.from(before.replace('web_min_size = 8', 'web_min_size = 6')).toString('base64')
  const { sha } = (await (await asLead('GET', `/contents/${path}`, undefined)).json()) as { sha: string }
  await asLead('PUT', `/contents/${path}`, { message: 'smaller', content, branch: 'smaller', sha })
  const opened = await asLead('POST', '/pulls', { title: 'smaller', head: 'smaller', base: 'main' })
  const { number } = (await opened.json()) as { number: number }
  expect((await asLead('PUT', `/pulls/${number}/merge`, {})).status).toBe(200)
  expect(sandbox.world.groups()[0]?.minSize).toBe(6)

  await sandbox.github.settled()
  await new Promise((resolve) => receiver.close(resolve))
  expect(heard).toContain('pull_request')
}, 240_000)

it('writes an environment file that only its owner reads, with quoted values and the tokens of both people', () => {
  const file = join(folder, 'world.env')
  writeFileSync(file, 'old', { mode: 0o644 })
  writeEnvironmentFile(file, sandbox)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
  expect(lines.every((line) => /^[A-Z_]+='[^']*'$/.test(line))).toBe(true)
  const names = lines.map((line) => line.split('=')[0])
  for (const name of ['AWS_ENDPOINT_URL', 'PRIVATE_KEY_PATH', 'TRIMTAB_CLOCK_URL', 'SANDBOX_LEAD_TOKEN'])
    expect(names).toContain(name)
})
