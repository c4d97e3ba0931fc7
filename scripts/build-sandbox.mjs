// Bundles the sandbox into one file, dist/sandbox.js, with the packages for development that it is made of inside. The
// command line finds it by the name #sandbox, and it finds the command line's own error class by #errors: a fault of
// one is then a fault to the other.
import { cpSync, readFileSync } from 'node:fs'
import { build } from 'esbuild'

/** What of the sandbox the command line uses. */
const modules = ['start-sandbox', 'trace-fleet', 'estate/read-estate-files', 'world/scenarios']
const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'))

/** The sandbox is left to its own file wherever the command line imports from it. */
export const sandboxApart = {
  name: 'sandbox-apart',
  setup({ onResolve }) {
    onResolve({ filter: /\/sandbox\// }, ({ importer }) =>
      importer.includes('/src/entrypoints/') ? { path: '#sandbox', external: true } : undefined,
    )
  },
}

const errorsApart = {
  name: 'errors-apart',
  setup({ onResolve }) {
    onResolve({ filter: /\/core\/model\/errors\.js$/ }, () => ({ path: '#errors', external: true }))
  },
}

/** dynalite requires its files by names without an ending, computed; the bundler finds them by their full names. */
const dynaliteFiles = {
  name: 'dynalite',
  setup({ onLoad }) {
    onLoad({ filter: /node_modules\/dynalite\/(index|validations\/index)\.js$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replace(/require\(('\.\/[a-z]+\/' \+ \w+)\)/g, "require($1 + '.js')"),
    }))
  },
}

/** Builds the file, and gives back what went into it. */
export async function buildSandbox(options) {
  const { metafile } = await build({
    ...options,
    stdin: {
      contents: modules.map((name) => `export * from './src/sandbox/${name}.ts'`).join('\n'),
      resolveDir: '.',
      sourcefile: 'sandbox.ts',
    },
    external: Object.keys(dependencies),
    // The sandbox's table lives in memory: its store on disk, a native module, is left out.
    alias: { 'classic-level': 'memory-level' },
    plugins: [errorsApart, dynaliteFiles],
    outfile: 'dist/sandbox.js',
  })
  cpSync('src/sandbox/estate/files', 'dist/files', { recursive: true })
  cpSync('node_modules/emulate/dist/fonts', 'dist/fonts', { recursive: true })
  return metafile
}
