import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { longestFile, violationsOf } from './support/architecture.js'

const root = join(import.meta.dirname, '..', 'src')
const infra = join(import.meta.dirname, '..', 'infra')

function sourceTree(): ReadonlyMap<string, string> {
  const paths = [root, infra]
    .flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.d.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
  return new Map(paths.map((path) => [relative(root, path).split(sep).join('/'), readFileSync(path, 'utf8')]))
}

describe('the house', () => {
  it('keeps its directions, its pure core and its sizes', () => {
    expect(violationsOf(sourceTree())).toEqual([])
  })

  it.each([
    ['a stage that reaches into another stage', 'core/analysis/a.ts', "import { b } from '../planning/b.js'"],
    ['a model that knows a stage', 'core/model/a.ts', "import { b } from '../decision/b.js'"],
    ['an adapter that leans on another', 'adapters/aws/a.ts', "import { b } from '../github/b.js'"],
    [
      'a workflow that talks to a vendor adapter',
      'workflows/engine/a.ts',
      "import { b } from '../../adapters/aws/b.js'",
    ],
    ['an adapter that loads the sandbox', 'adapters/aws/a.ts', "const b = await import('../../sandbox/world/b.js')"],
    ['a stack that reaches into a workflow', '../infra/a.ts', "import { b } from '../src/workflows/pass/b.js'"],
    ['a source that leans on the stack', 'config/a.ts', "import { b } from '../../infra/b.js'"],
    ['a core that waits', 'core/planning/a.ts', 'export const a = async () => 1'],
    ['a core that reads the clock', 'core/planning/a.ts', 'export const a = () => Date.now()'],
    ['a core that reads the environment', 'core/cost/a.ts', 'export const a = process.env.HOME'],
    ['a core in which no data is zero', 'core/cost/a.ts', 'export const a = (b?: number) => b ?? 0'],
    ['a core with an SDK', 'core/cost/a.ts', "import { S3 } from '@aws-sdk/client-s3'"],
    ['a core that reads files', 'core/iac/a.ts', "import { readFileSync } from 'node:fs'"],
    ['a file nobody reads in one sitting', 'core/iac/a.ts', '\n'.repeat(longestFile)],
    ['a folder that belongs to no layer', 'misc/a.ts', ''],
  ])('notices %s', (_what, path, text) => {
    expect(violationsOf(new Map([[path, text]]))).toHaveLength(1)
  })

  it('notices files that import each other, and lets types pass', () => {
    const knot = (words: string) =>
      new Map([
        ['core/cost/a.ts', "import { b } from './b.js'"],
        ['core/cost/b.ts', "import { c } from './c.js'"],
        ['core/cost/c.ts', `import ${words} from './a.js'`],
      ])
    expect(violationsOf(knot('{ a }'))).toEqual(['core/cost/a.ts > core/cost/b.ts > core/cost/c.ts: import each other'])
    expect(violationsOf(knot('type { a }'))).toEqual([])
  })
})
