import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'

const root = join(import.meta.dirname, '../../..')

/** The real program in a process of its own, with nothing of this process's environment but the path. */
function trimtab(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const program = ['--import', 'tsx', 'src/entrypoints/cli/main.ts', ...args]
  const { status, stdout, stderr } = spawnSync(process.execPath, program, {
    cwd: root,
    env: { PATH: process.env.PATH ?? '', HOME: '/nonexistent', ...env },
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

describe('the program as a process', () => {
  it('runs under the name that people know, as it stands in a checkout', () => {
    const program = join(root, 'src/entrypoints/cli/performance-optimization-cli.ts')
    const env = { PATH: process.env.PATH ?? '', HOME: '/nonexistent' }
    const { status, stdout, stderr } = spawnSync(program, ['metrics', '--help'], { cwd: root, env, encoding: 'utf8' })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toContain('-p, --period <hours>')
  }, 240_000)

  it('ends with 3 and one sentence where nobody listens, without a notice of the SDK', () => {
    const env = { AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'y', AWS_REGION: 'us-east-1' }
    const { status, stdout, stderr } = trimtab(['analyze', '--endpoint', 'http://127.0.0.1:1', '--json'], env)
    expect({ status, stdout }).toEqual({ status: 3, stdout: '' })
    expect(stderr).toMatch(/^error: Could not reach http:\/\/127\.0\.0\.1:1 for [^\n]+\n$/)
  }, 240_000)

  it('ends with 2 and a remedy where there are no credentials', () => {
    const env = { AWS_EC2_METADATA_DISABLED: 'true', AWS_REGION: 'us-east-1' }
    const { status, stdout, stderr } = trimtab(['analyze', '--endpoint', 'http://127.0.0.1:1'], env)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toMatch(/^error: No AWS credentials were found for [^\n]+: set AWS_PROFILE[^\n]+\n$/)
  }, 240_000)

  it('ends with 2 and the profiles that there are where one is not', () => {
    const home = mkdtempSync(join(tmpdir(), 'trimtab-home-'))
    mkdirSync(join(home, '.aws'))
    writeFileSync(join(home, '.aws/config'), '[default]\nregion = us-east-1\n[profile shop]\nregion = us-east-1\n')
    const { status, stdout, stderr } = trimtab(['analyze', '--profile', 'shpo'], { HOME: home })
    rmSync(home, { recursive: true })
    expect({ status, stdout, stderr }).toEqual({
      status: 2,
      stdout: '',
      stderr: 'error: There is no profile shpo in ~/.aws/config or ~/.aws/credentials; found default, shop.\n',
    })
  }, 240_000)
})
