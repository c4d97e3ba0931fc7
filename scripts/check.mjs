// The gate for people: lint, types and tests. With --changed: lint of changed files, types, and the tests that
// depend on them, which takes seconds.
import { spawnSync } from 'node:child_process'

const changedOnly = process.argv.includes('--changed')
const jest = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js']
const steps = [
  ['npx', ['biome', 'check', ...(changedOnly ? ['--changed', '--since=HEAD', '--no-errors-on-unmatched'] : ['.'])]],
  ['npx', ['tsc', '-p', '.']],
  [process.execPath, [...jest, ...(changedOnly ? ['--onlyChanged'] : [])]],
]
for (const [command, args] of steps) {
  const { status } = spawnSync(command, args, { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
