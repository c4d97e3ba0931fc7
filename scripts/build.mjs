// Bundles the command line into dist/, which is what `npx trimtab` and the packed package run.
// The sandbox is a chunk of its own, so that only `demo` loads it.
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { build } from 'esbuild'

const entry = 'src/entrypoints/cli/main.ts'
if (!existsSync(entry)) process.exit(0)
rmSync('dist', { recursive: true, force: true })
mkdirSync('dist')
await build({
  entryPoints: { trimtab: entry },
  bundle: true,
  splitting: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  outdir: 'dist',
  mainFields: ['module', 'main'],
  logLevel: 'warning',
})
