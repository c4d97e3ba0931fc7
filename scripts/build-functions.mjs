// Bundles each Lambda function into a folder of its own, dist/lambda/<function>: index.mjs, which is loaded before the
// first event, and chunks, which are loaded when they are needed, with what is read at run time beside them. Pure
// JavaScript and WebAssembly: the same bundle runs on every processor.
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { build } from 'esbuild'

const { resolve } = createRequire(import.meta.url)

/** The functions that plan and edit, and so need parsers and pages; the webhook needs neither. */
const working = ['performance-analyzer', 'optimization-engine', 'cost-optimizer', 'worker']
export const functionNames = [...working, 'webhook']

/** Read by the parsers from their packages; in a bundle they lie beside the code that reads them. */
const assets = [
  ['chunks', resolve('web-tree-sitter/web-tree-sitter.wasm')],
  ['chunks', resolve('@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-terraform.wasm')],
  // Its code looks one folder above its own.
  ['', join(dirname(resolve('@cdktf/hcl2json/package.json')), 'main.wasm.gz')],
]

/** Packages written for require() find Node's own modules, and their folder, through these. */
const banner =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url); const __dirname = import.meta.dirname;"

/** zod's messages in all languages are half of it; ours are English. */
const withoutTranslations = {
  name: 'without-translations',
  setup({ onLoad }) {
    onLoad({ filter: /zod\/v4\/locales\/index\.js$/ }, () => ({ contents: "export { default as en } from './en.js'" }))
  },
}

/** Builds functions, by default all, each into a folder of `outdir`; gives what went into each, by function. */
export async function buildFunctions(outdir, names = functionNames) {
  const built = await Promise.all(names.map(async (name) => [name, await buildFunction(name, outdir)]))
  return Object.fromEntries(built)
}

async function buildFunction(name, outdir) {
  const folder = join(outdir, name)
  const { metafile } = await build({
    entryPoints: { index: `src/entrypoints/lambda/${name}.ts` },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    // Node's own under another name, asked for only where it were not global; and a package that Handlebars can do without.
    external: ['performance', 'source-map'],
    plugins: [withoutTranslations],
    platform: 'node',
    format: 'esm',
    target: 'node22',
    // Modules before CommonJS: else the SDK's clients, loaded when needed, have no exports.
    mainFields: ['module', 'main'],
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    banner: { js: banner },
    metafile: true,
    logLevel: 'error',
  })
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}\n')
  if (working.includes(name)) addAssets(folder)
  return metafile
}

function addAssets(folder) {
  for (const [below, file] of assets) {
    mkdirSync(join(folder, below), { recursive: true })
    cpSync(file, join(folder, below, file.split('/').at(-1)))
  }
  cpSync('templates', join(folder, 'templates'), { recursive: true })
}
