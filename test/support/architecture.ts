import { posix } from 'node:path'

/** One rule of the house: files under `from` may import only what starts with one of `may`. */
interface LayerRule {
  readonly from: string
  readonly may: readonly string[]
}

const everything = ['core/', 'config/', 'ports', 'workflows/', 'adapters/', 'catalogue/', 'entrypoints/']

/**
 * The most specific rule comes first; only the command line may load the sandbox, a Lambda bundle carries none of it.
 * Paths are relative to src/; packages are checked by `impure`.
 */
const layers: readonly LayerRule[] = [
  { from: 'core/model/', may: ['core/model/'] },
  // A report is made of the same words and figures as the pages.
  { from: 'core/report/', may: ['core/model/', 'core/proposal/', 'core/report/'] },
  ...['analysis', 'planning', 'decision', 'iac', 'cost', 'proposal', 'commands', 'verification'].map((stage) => ({
    from: `core/${stage}/`,
    may: ['core/model/', `core/${stage}/`],
  })),
  { from: 'config/', may: ['core/model/', 'config/'] },
  { from: 'ports', may: ['core/model/'] },
  { from: 'catalogue/', may: ['core/model/', 'catalogue/'] },
  { from: 'workflows/', may: ['core/', 'config/', 'ports', 'workflows/'] },
  ...['aws', 'github', 'dynamodb', 'local', 'parsers'].map((adapter) => ({
    from: `adapters/${adapter}/`,
    may: ['core/model/', 'core/proposal/', 'ports', 'catalogue/', `adapters/${adapter}/`],
  })),
  { from: 'sandbox/', may: ['core/model/', 'ports', 'sandbox/'] },
  { from: 'entrypoints/cli/', may: [...everything, 'sandbox/'] },
  { from: 'entrypoints/', may: everything },
  // The stack takes names of variables and shipped values from the configuration, and knows nothing else of Trimtab.
  { from: '../infra/', may: ['../infra/', '../src/config/'] },
]

/** The parsers read node types that core/iac defines. */
const allowed = new Set(['adapters/parsers/ > core/iac/'])

const impure: readonly (readonly [RegExp, string])[] = [
  [/\bawait\b|\basync\b/, 'waits'],
  [/\bDate\.now\(|\bnew Date\(\)/, 'reads the clock'],
  [/\bprocess\./, 'reads the process'],
  [/\bMath\.random\(/, 'is random'],
  [/\bsetTimeout\(|\bsetInterval\(|\bfetch\(/, 'reaches outside'],
  [/from 'node:(?!crypto')/, 'imports a Node module other than node:crypto'],
  [/from '@aws-sdk\/|from '@octokit\/|from 'probot/, 'imports an SDK'],
  [/(\?\?|\|\|) *-?0\b/, 'takes zero where there is no answer'],
]

export const longestFile = 300

/**
 * Files that may import each other: evaluators, mutually recursive because what they evaluate is. Any other import cycle is
 * a breach.
 */
const recursive: readonly (readonly string[])[] = [
  ['core/iac/cloudformation/conditions.ts', 'core/iac/cloudformation/evaluate.ts'],
  [
    'core/iac/terraform/evaluate.ts',
    'core/iac/terraform/follow.ts',
    'core/iac/terraform/for-value.ts',
    'core/iac/terraform/functions.ts',
    'core/iac/terraform/operators.ts',
    'core/iac/terraform/reference-value.ts',
    'core/iac/terragrunt/config.ts',
    'core/iac/terragrunt/functions.ts',
  ],
  [
    'core/iac/terraform/lower-collection.ts',
    'core/iac/terraform/lower-hcl.ts',
    'core/iac/terraform/lower-operation.ts',
  ],
]

/** Every breach of the house rules in a tree of `path relative to src/ → text`. */
export function violationsOf(files: ReadonlyMap<string, string>): readonly string[] {
  return [
    ...[...files].flatMap(([path, text]) => [
      ...importViolations(path, text),
      ...purityViolations(path, text),
      ...sizeViolations(path, text),
    ]),
    ...cycleViolations(files),
  ]
}

function importViolations(path: string, text: string): readonly string[] {
  const rule = layers.find(({ from }) => path.startsWith(from))
  if (!rule) return [`${path}: belongs to no layer`]
  return relativeImports(path, text)
    .filter(
      (target) =>
        !rule.may.some((prefix) => target.startsWith(prefix)) &&
        ![...allowed].some((pair) => isPair(pair, rule.from, target)),
    )
    .map((target) => `${path}: may not import ${target}`)
}

function isPair(pair: string, from: string, target: string): boolean {
  const [left, right] = pair.split(' > ') as [string, string]
  return left === from && target.startsWith(right)
}

function relativeImports(path: string, text: string): readonly string[] {
  const found = text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)
  return [...found].map((match) =>
    posix.normalize(posix.join(posix.dirname(path), match[1] as string)).replace(/\.js$/, '.ts'),
  )
}

function purityViolations(path: string, text: string): readonly string[] {
  if (!path.startsWith('core/')) return []
  const code = text
    .replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
    .replace(/'(?:[^'\\\n]|\\.)*'(?=[^\n]*$)/gm, (literal) =>
      literal.includes('node:') || literal.startsWith("'@") ? literal : "''",
    )
  return impure.filter(([pattern]) => pattern.test(code)).map(([, says]) => `${path}: core is pure, but this ${says}`)
}

function sizeViolations(path: string, text: string): readonly string[] {
  const lines = text.split('\n').length
  return lines > longestFile ? [`${path}: ${lines} lines, at most ${longestFile} are read in one sitting`] : []
}

/** Import cycles, each told once; what is imported as a type only is gone when the code runs and ties no knot. */
function cycleViolations(files: ReadonlyMap<string, string>): readonly string[] {
  const reached = new Map([...files.keys()].map((path) => [path, reachedFrom(path, files)]))
  const knots = [...reached].map(([path, beyond]) =>
    [...beyond].filter((other) => reached.get(other)?.has(path)).toSorted(),
  )
  return knots
    .filter((knot, at) => knot[0] === [...reached.keys()][at])
    .filter((knot) => !recursive.some((honest) => knot.every((path) => honest.includes(path))))
    .map((knot) => `${knot.join(' > ')}: import each other`)
}

/** Every file that a file loads, directly or not; the file itself is among them when it stands on a cycle. */
function reachedFrom(path: string, files: ReadonlyMap<string, string>): ReadonlySet<string> {
  const reached = new Set(loadedBy(path, files))
  for (const next of reached) for (const further of loadedBy(next, files)) reached.add(further)
  return reached
}

function loadedBy(path: string, files: ReadonlyMap<string, string>): readonly string[] {
  const text = (files.get(path) ?? '').replace(/^(import|export) type [^']*'[^']*'/gm, '')
  return relativeImports(path, text)
}
