import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

const root = join(import.meta.dirname, '../../..')
const { dependencies, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly dependencies: Readonly<Record<string, string>>
  readonly version: string
}

/** Another project, with the packed package and what it depends on installed. */
const project = mkdtempSync(join(tmpdir(), 'trimtab-packed-'))
const installed = join(project, 'node_modules/trimtab')

function run(command: string, args: readonly string[], cwd: string): string {
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: project,
    npm_config_offline: 'true',
    npm_config_update_notifier: 'false',
  }
  return execFileSync(command, args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}

/** The package as it would be published (`prepare` builds it), unpacked where an install would put it. */
beforeAll(() => {
  const packed = JSON.parse(run('npm', ['pack', '--json', '--pack-destination', project], root)) as readonly {
    readonly filename: string
  }[]
  mkdirSync(installed, { recursive: true })
  run('tar', ['-xzf', join(project, packed[0]?.filename ?? ''), '--strip-components=1', '-C', installed], project)
  for (const name of Object.keys(dependencies)) {
    const link = join(project, 'node_modules', name)
    mkdirSync(dirname(link), { recursive: true })
    symlinkSync(join(root, 'node_modules', name), link)
  }
  mkdirSync(join(project, 'node_modules/.bin'))
  symlinkSync('../trimtab/bin/trimtab.js', join(project, 'node_modules/.bin/trimtab'))
}, 240_000)

afterAll(() => rmSync(project, { recursive: true, force: true }))

describe('the command line runs (S44)', () => {
  it.each<[string, string, readonly string[], string]>([
    ['as npx trimtab from the packed package', 'npx', ['--no-install', 'trimtab'], project],
    ['from its sources with tsx', process.execPath, ['--import', 'tsx', 'src/entrypoints/cli/main.ts'], root],
    ['as compiled JavaScript with node', process.execPath, [join(installed, 'dist/trimtab.js')], project],
  ])(
    '%s',
    (_what, command, args, cwd) => {
      expect(run(command, [...args, '--version'], cwd)).toBe(`${version}\n`)
      expect(run(command, [...args, 'analyze', '--help'], cwd)).toContain(
        'score every group, plan, and say what would be done now',
      )
    },
    60_000,
  )
})

describe('the packed sandbox', () => {
  it('is one file that only demo loads, and serves its world', async () => {
    const code = [
      'trimtab.js',
      'probot.js',
      'errors.js',
      ...readdirSync(join(installed, 'dist/chunks')).map((name) => `chunks/${name}`),
    ]
    const text = code.map((name) => readFileSync(join(installed, 'dist', name), 'utf8')).join('\n')
    expect(text).not.toContain('dynalite')
    expect(text.match(/["']#sandbox["']/g)?.length).toBeGreaterThan(0)

    const lines = join(project, 'world.env')
    const serving = spawn(
      process.execPath,
      [join(installed, 'dist/trimtab.js'), 'demo', '--serve', '--write-env', lines],
      {
        cwd: project,
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    )
    try {
      await once(serving.stdout, 'data')
      while (!existsSync(lines)) await new Promise((resolve) => setTimeout(resolve, 50))
      expect(readFileSync(lines, 'utf8')).toContain('AWS_ENDPOINT_URL')
    } finally {
      serving.kill('SIGTERM')
      await once(serving, 'exit')
    }
  }, 60_000)
})
