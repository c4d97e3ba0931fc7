// Bundles the command line and the GitHub App into dist/, which is what `npx trimtab`, `probot run` and the packed
// package run. The sandbox is a file of its own that only `demo` loads; every other package stays a dependency, but for
// the Lambda functions, which bring all they need.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { build } from 'esbuild'
import { buildFunctions } from './build-functions.mjs'
import { buildSandbox, sandboxApart } from './build-sandbox.mjs'

const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'))
rmSync('dist', { recursive: true, force: true })
const common = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  // Packages written for require() find Node's own modules through it.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  metafile: true,
  logLevel: 'error',
}
const { metafile } = await build({
  ...common,
  entryPoints: {
    trimtab: 'src/entrypoints/cli/main.ts',
    'performance-optimization-cli': 'src/entrypoints/cli/performance-optimization-cli.ts',
    probot: 'src/entrypoints/probot/app.ts',
    errors: 'src/core/model/errors.ts',
  },
  splitting: true,
  external: Object.keys(dependencies),
  outdir: 'dist',
  chunkNames: 'chunks/[name]-[hash]',
  plugins: [sandboxApart],
})
const sandbox = await buildSandbox(common)
const functions = await buildFunctions('dist/lambda')
const inputs = [metafile, sandbox, ...Object.values(functions)].flatMap((file) => Object.keys(file.inputs))
writeFileSync('dist/LICENSES.txt', licencesOf(inputs))
await import('./build-infra.mjs')

/** The licence texts of the packages whose code is inside the bundle. */
function licencesOf(inputs) {
  const folders = new Set(inputs.flatMap((path) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []))
  const texts = [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'))
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry))
    const text = file && existsSync(`${folder}/${file}`) ? readFileSync(`${folder}/${file}`, 'utf8') : `${license}\n`
    return `${name} ${version}\n\n${text}`
  })
  return texts.join(`\n${'-'.repeat(80)}\n\n`)
}
