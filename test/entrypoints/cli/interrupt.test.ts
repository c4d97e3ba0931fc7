import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from '@jest/globals'
import { readEstateFiles } from '../../../src/sandbox/estate/read-estate-files.js'
import { company, type Sandbox, startSandbox } from '../../../src/sandbox/start-sandbox.js'
import { type FleetRole, groupFor } from '../../../src/sandbox/world/scenarios.js'

const root = join(import.meta.dirname, '../../..')
const roles: readonly FleetRole[] = ['overProvisioned', 'computedValue']

let sandbox: Sandbox
let hear: (name: string) => void = () => {}

afterEach(async () => {
  hear = () => {}
  await sandbox.close()
})

async function openWorld(): Promise<void> {
  sandbox = await startSandbox({
    seed: 1,
    nowAt: '2026-11-23T10:00:00.000Z',
    groups: roles.map((role) => groupFor(role, 1)),
    files: readEstateFiles(),
    realTime: false,
    onCall: ({ name }) => hear(name),
  })
}

/** The real program; the signal is sent when the world hears the call, as often as asked. */
function run(at?: { readonly call: RegExp; readonly times: number }) {
  const program = ['--import', 'tsx', 'src/entrypoints/cli/main.ts', 'run', '--create-table', '--json']
  const child = spawn(process.execPath, program, {
    cwd: root,
    env: { PATH: process.env.PATH ?? '', HOME: '/nonexistent', ...sandbox.environment },
  })
  let stdout = ''
  let stderr = ''
  let left = at?.times
  child.stdout.on('data', (part) => {
    stdout += part
  })
  child.stderr.on('data', (part) => {
    stderr += part
    // The first signal was heard: a second one ends the process.
    if (left === 1) child.kill('SIGINT')
    left = undefined
  })
  let sent = false
  hear = (name) => {
    if (sent || !at?.call.test(name)) return
    sent = true
    left = at.times - 1
    child.kill('SIGINT')
  }
  return new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
    child.once('exit', (code) => resolve({ code, stdout, stderr }))
  })
}

async function endOf() {
  const pulls = await sandbox.github.pulls(company.repository)
  const issues = await sandbox.github.issues(company.repository)
  return {
    pulls: pulls.map(({ title, state, files }) => ({ title, state, paths: files.map(({ path }) => path) })),
    issues: issues.map(({ title, state }) => ({ title, state })).sort((a, b) => (a.title < b.title ? -1 : 1)),
  }
}

describe('Ctrl-C during a run', () => {
  it('while the record is read: nothing is recorded or opened, and it says so', async () => {
    await openWorld()
    const { code, stdout, stderr } = await run({ call: /cloudwatch:GetMetricData/, times: 1 })
    expect(code).toBe(3)
    expect(stderr).toContain('stopping after the present step; Ctrl-C again ends at once\n')
    expect(stderr).toMatch(/error: the run was stopped: [^\n]+; the next run goes on\n/)
    expect(JSON.parse(stdout)).toMatchObject({ recommendations: [], proposed: [] })
    // What the run used of AWS is counted all the same, by UpdateItem.
    expect(sandbox.calls()['dynamodb:PutItem']).toBeUndefined()
    expect(await endOf()).toEqual({ pulls: [], issues: [] })
  }, 240_000)

  it('while a pull request is made: it is finished, nothing else is begun, and the next run does the rest once', async () => {
    await openWorld()
    const stopped = await run({ call: /github:POST .*\/git\/(blobs|trees|commits|refs)/, times: 1 })
    expect(stopped.code).toBe(3)
    const half = await endOf()
    expect(half.pulls).toEqual([
      expect.objectContaining({ state: 'open', paths: ['live/storefront/env/production.tfvars'] }),
    ])

    const next = await run()
    const end = await endOf()
    const again = await run()
    expect([next.code, again.code]).toEqual([0, 0])
    expect(end.pulls.map(({ title }) => title)).toEqual(half.pulls.map(({ title }) => title))
    expect(end.issues.length).toBeGreaterThan(half.issues.length)
    expect(await endOf()).toEqual(end)
  }, 180_000)

  it('twice: it ends at once, as shells know it', async () => {
    await openWorld()
    const { code, stdout } = await run({ call: /cloudwatch:GetMetricData/, times: 2 })
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' })
  }, 240_000)
})
