// Bundles the command line and the GitHub App into dist/, which is what `npx trimtab`, `probot run` and the packed
// package run. The sandbox lands in chunks of its own that only `demo` loads, with the two development packages that
// it is made of inside; every other package stays a dependency.
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { build } from 'esbuild'

const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'))
rmSync('dist', { recursive: true, force: true })
const { metafile } = await build({
  entryPoints: {
    trimtab: 'src/entrypoints/cli/main.ts',
    'performance-optimization-cli': 'src/entrypoints/cli/performance-optimization-cli.ts',
    probot: 'src/entrypoints/probot/app.ts',
  },
  bundle: true,
  splitting: true,
  external: Object.keys(dependencies),
  // The sandbox's table lives in memory: its store on disk, a native module, is left out.
  alias: { 'classic-level': 'memory-level' },
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  outdir: 'dist',
  chunkNames: 'chunks/[name]-[hash]',
  // Packages written for require() find Node's own modules through it.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  plugins: [{ name: 'dynalite', setup: nameDynaliteFiles }],
  metafile: true,
  logLevel: 'error',
})

// What the sandbox reads beside itself at run time.
cpSync('src/sandbox/estate/files', 'dist/chunks/files', { recursive: true })
cpSync('node_modules/emulate/dist/fonts', 'dist/chunks/fonts', { recursive: true })
writeFileSync('dist/LICENSES.txt', licencesOf(Object.keys(metafile.inputs)))
await import('./build-infra.mjs')

/** dynalite requires its files by names without an ending, computed; the bundler finds them by their full names. */
function nameDynaliteFiles({ onLoad }) {
  onLoad({ filter: /node_modules\/dynalite\/(index|validations\/index)\.js$/ }, ({ path }) => ({
    contents: readFileSync(path, 'utf8').replace(/require\(('\.\/[a-z]+\/' \+ \w+)\)/g, "require($1 + '.js')"),
  }))
}

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
