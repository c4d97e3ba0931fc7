import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { functionNames } from '../../infra/constructs/deployment.js'

const root = join(import.meta.dirname, '..', '..')
const folder = mkdtempSync(join(tmpdir(), 'trimtab-consumer-'))
const checkout = join(folder, 'checkout')
const consumer = join(folder, 'consumer')
const installed = join(consumer, 'node_modules', 'trimtab')

function run(command: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stdout}${stderr}`)
  return stdout
}

/** Builds and packs a copy of the project, as `npm publish` would: this checkout's own build stays as it is. */
function pack(): string {
  mkdirSync(checkout)
  const parts = [
    'src',
    'infra',
    'scripts',
    'templates',
    'schema',
    'bin',
    'app.yml',
    'LICENSE',
    'README.md',
    'package.json',
  ]
  for (const part of [...parts, 'tsconfig.json', 'tsconfig.infra.json'])
    cpSync(join(root, part), join(checkout, part), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(checkout, 'node_modules'))
  run(process.execPath, ['scripts/build.mjs'], checkout)
  run('npm', ['pack', '--ignore-scripts', '--offline', '--silent'], checkout)
  return join(checkout, readdirSync(checkout).find((file) => file.endsWith('.tgz')) as string)
}

/** A project with the package and its peers, and what the construct needs at run time. No bundler is in reach. */
function install(tarball: string): void {
  mkdirSync(installed, { recursive: true })
  run('tar', ['-xzf', tarball, '--strip-components=1', '-C', installed], folder)
  for (const name of ['aws-cdk-lib', 'constructs', 'zod', '@types/node', 'undici-types']) {
    mkdirSync(join(consumer, 'node_modules', '@types'), { recursive: true })
    symlinkSync(join(root, 'node_modules', name), join(consumer, 'node_modules', name))
  }
  const example = readFileSync(join(import.meta.dirname, 'integration-example.ts'), 'utf8')
  const fromPackage = example.replace(/from '[^']*performance-optimization-construct\.js'/, "from 'trimtab/infra'")
  writeFileSync(join(consumer, 'integration-example.ts'), fromPackage)
  writeFileSync(join(consumer, 'app.ts'), app)
  writeFileSync(join(consumer, 'package.json'), '{"type":"module"}')
  const options = {
    module: 'nodenext',
    target: 'es2023',
    strict: true,
    skipLibCheck: false,
    types: ['node'],
    outDir: 'out',
  }
  writeFileSync(join(consumer, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, include: ['*.ts'] }))
}

const app = `import { App } from 'aws-cdk-lib'
import { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling'
import { InstanceType, MachineImage, Vpc } from 'aws-cdk-lib/aws-ec2'
import { Topic } from 'aws-cdk-lib/aws-sns'
import { environmentPresets } from 'trimtab/infra'
import { MemberAccountStack } from 'trimtab/infra/member-account'
import { IntegrationExample } from './integration-example.js'

const app = new App({ outdir: 'cdk.out' })
for (const environment of ['production', 'staging', 'development'] as const) {
  const stack = new IntegrationExample(app, environment)
  stack[environment]({
    existingAutoScalingGroup: new AutoScalingGroup(stack, 'Group', {
      vpc: new Vpc(stack, 'Vpc', { natGateways: 0 }),
      vpcSubnets: { subnetGroupName: 'Public' },
      instanceType: new InstanceType('m6i.large'),
      machineImage: MachineImage.latestAmazonLinux2023(),
    }),
    optimizationRecommendation: new Topic(stack, 'Recommendation'),
    performanceAlert: new Topic(stack, 'Performance'),
    costAlert: new Topic(stack, 'Cost'),
  })
}
new MemberAccountStack(app, 'member')
if (environmentPresets.production.analysisInterval.toHours() !== 1) throw new Error('another interval')
app.synth()
`

beforeAll(() => install(pack()))
afterAll(() => rmSync(folder, { recursive: true }))

describe('a project that depends on the packed package', () => {
  it('gets the functions as they are run, and no sources', () => {
    for (const name of functionNames)
      expect(existsSync(join(installed, 'dist', 'lambda', name, 'index.mjs'))).toBe(true)
    expect(existsSync(join(installed, 'dist', 'lambda', 'worker', 'main.wasm.gz'))).toBe(true)
    expect(existsSync(join(installed, 'dist', 'lambda', 'worker', 'templates', 'notice.hbs'))).toBe(true)
    expect(readdirSync(installed).filter((name) => ['src', 'test', 'infra', 'scripts'].includes(name))).toEqual([])
  })

  it('S01: compiles the integration example and synthesises it with the shipped bundles, without a bundler', () => {
    expect(existsSync(join(consumer, 'node_modules', 'esbuild'))).toBe(false)
    run(join(root, 'node_modules', '.bin', 'tsc'), ['-p', '.'], consumer)
    run(process.execPath, ['out/app.js'], consumer)
    const out = join(consumer, 'cdk.out')
    const shipped = functionNames.map((name) =>
      readFileSync(join(installed, 'dist', 'lambda', name, 'index.mjs'), 'utf8'),
    )
    const assets = readdirSync(out).filter((name) => existsSync(join(out, name, 'index.mjs')))
    expect(assets).toHaveLength(functionNames.length)
    expect(assets.map((name) => readFileSync(join(out, name, 'index.mjs'), 'utf8')).sort()).toEqual(shipped.sort())
  })
})
