import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { zipSize } from '../support/zip-size.js'
import { type Bundles, bundle } from './deploy-functions.js'

const names = ['performance-analyzer', 'optimization-engine', 'cost-optimizer', 'webhook', 'worker'] as const
const mb = 1_000_000

let bundles: Bundles
beforeAll(async () => {
  bundles = await bundle(names)
})
afterAll(() => bundles.remove())

type Outputs = Bundles['metafiles'][string]['outputs']

/** Files that are loaded with the entry, before any event. */
function loadedFirst(outputs: Outputs): readonly string[] {
  const first = Object.keys(outputs).find((file) => file.endsWith('/index.mjs')) as string
  const loaded = new Set([first])
  for (const file of loaded)
    for (const { path, kind } of outputs[file]?.imports ?? [])
      if (kind === 'import-statement' && outputs[path]) loaded.add(path)
  return [...loaded]
}

function outputsOf(name: string): Outputs {
  return bundles.metafiles[name]?.outputs as Outputs
}

/** Sources that ended up in some files of a bundle, with the bytes they take there. */
function sourcesIn(name: string, files: readonly string[] = Object.keys(outputsOf(name))): readonly string[] {
  return files.flatMap((file) =>
    Object.entries(outputsOf(name)[file]?.inputs ?? {})
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([path]) => path),
  )
}

describe.each(names)('the bundle of %s', (name) => {
  it('loads at most 1.2 MB before the first event, and no SDK client or parser in it', () => {
    const first = loadedFirst(outputsOf(name))
    const bytes = first.reduce((sum, file) => sum + (outputsOf(name)[file]?.bytes ?? 0), 0)
    expect(bytes).toBeLessThanOrEqual(1.2 * mb)
    const clients = /@aws-sdk\/client-|@octokit\/(rest|auth-app)|web-tree-sitter|hcl2json|node_modules\/yaml\//
    expect(sourcesIn(name, first).filter((path) => clients.test(path))).toEqual([])
  })

  it('is at most 15 MB as a zip', () => {
    const folder = join(bundles.folder, name)
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
    expect(zipSize(files)).toBeLessThanOrEqual(15 * mb)
    expect(files.reduce((sum, file) => sum + statSync(file).size, 0)).toBeLessThanOrEqual(250 * mb)
  })

  it('carries no sandbox, no command line, and nothing for development', () => {
    const foreign =
      /src\/(sandbox|entrypoints\/(cli|probot))\/|node_modules\/(probot|dynalite|emulate|commander|aws-cdk-lib)\//
    expect(sourcesIn(name).filter((path) => foreign.test(path))).toEqual([])
  })

  // Packages written for require() have no exports of their own when they are loaded when needed.
  it('can load each of its parts when needed', () => {
    const outputs = outputsOf(name)
    const late = Object.values(outputs).flatMap(({ imports }) =>
      imports.filter(({ kind }) => kind === 'dynamic-import').map(({ path }) => path),
    )
    const bare = [...new Set(late)].filter((path) => outputs[path]?.exports.join() === 'default')
    expect(bare.filter((path) => !path.includes('instance-types'))).toEqual([])
    expect(late.length).toBeGreaterThan(1)
  })
})

describe('the bundle of the webhook', () => {
  it('has no parser, no planning and nothing else that it does not need, loaded early or late', () => {
    const unneeded =
      /src\/(workflows|core\/(planning|analysis|iac|decision|proposal))\/|tree-sitter|hcl2json|node_modules\/(yaml|handlebars)\/|client-(ec2|auto-scaling|cloudwatch|dynamodb)/
    expect(sourcesIn('webhook').filter((path) => unneeded.test(path))).toEqual([])
  })
})
