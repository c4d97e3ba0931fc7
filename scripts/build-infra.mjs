// Bundles the construct, and the stack of member accounts, into dist/infra/, with the configuration that it shares with the functions inside and its
// declarations beside it: a consumer needs aws-cdk-lib, constructs and no bundler.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { build } from 'esbuild'

const { dependencies, peerDependencies } = JSON.parse(readFileSync('package.json', 'utf8'))
await build({
  entryPoints: ['infra/constructs/performance-optimization-construct.ts', 'infra/member-account-stack.ts'],
  entryNames: '[name]',
  bundle: true,
  external: Object.keys({ ...dependencies, ...peerDependencies }),
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  outdir: 'dist/infra',
  logLevel: 'error',
})
const { status } = spawnSync('npx', ['tsc', '-p', 'tsconfig.infra.json'], { stdio: 'inherit' })
if (status !== 0) process.exit(status ?? 1)
