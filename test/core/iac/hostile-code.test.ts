import { describe, expect, jest, test } from '@jest/globals'
import { type EditCase, edit, shown } from './edit-case.js'

const group = 'resource "aws_autoscaling_group" "g" {\n  min_size = 4\n  user_data = local.a30\n}\n'

function chain(first: string, next: (name: string) => string, length = 31) {
  return `locals {\n  a0 = ${first}\n${Array.from({ length: length - 1 }, (_, at) => `  a${at + 1} = ${next(`local.a${at}`)}\n`).join('')}}\n`
}

function terraform(files: EditCase['files'], rootModule = ''): EditCase {
  return {
    files,
    rootModule,
    group: 'aws_autoscaling_group.g',
    property: 'minSize',
    live: 4,
    wanted: 3,
  }
}

const cases: readonly (readonly [string, EditCase])[] = [
  [
    'texts that double from local to local',
    terraform({ 'a.tf': group + chain('"0123456789"', (name) => `"\${${name}}\${${name}}"`) }),
  ],
  [
    'maps that double from local to local',
    terraform({ 'a.tf': group + chain('{ z = 1 }', (name) => `{ x = ${name}, y = ${name} }`) }),
  ],
  [
    'lists that grow tenfold from local to local',
    terraform({ 'a.tf': group + chain('[1]', (name) => `[${Array(10).fill(name).join(', ')}]`) }),
  ],
  [
    'a module that calls itself',
    terraform({
      'a.tf': `${group}${Array.from({ length: 6 }, (_, at) => `module "m${at}" {\n  source = "./"\n}\n`).join('')}`,
    }),
  ],
  ['a chain of ten thousand locals', terraform({ 'a.tf': group + chain('1', (name) => name, 10_000) })],
  ...program(
    'functions that call each other',
    'const a = (n: any): any => b(n)\nconst b = (n: any): any => a(n)\na(1)',
  ),
  ...program('a function that calls itself thirty ways', `function f(n: any): any { ${'f(n);'.repeat(30)} }\nf(1)`),
  ...program('loops in loops', `${'for (let i = 0; i < 1e9; i++) '.repeat(12)}console.log(1)`),
  ...program('a loop without an end', 'while (true) {}'),
  ...program(
    'texts that double',
    Array.from({ length: 40 }, (_, at) => `const t${at + 1} = t${at} + t${at}`)
      .join('\n')
      .replace('t0 + t0', "'x' + 'x'"),
  ),
  ...program(
    'lists that double',
    Array.from({ length: 40 }, (_, at) => `const l${at + 1} = [...l${at}, ...l${at}]`)
      .join('\n')
      .replace('[...l0, ...l0]', '[1, 2]'),
  ),
  ...program('objects that hold themselves', 'const o: any = { a: 1 }\no.o = o\nsomething(o, JSON.stringify(o))'),
  ...program(
    'branches in branches',
    Array.from(
      { length: 60 },
      (_, at) => `let v${at} = 1; if (process.env.A${at}) v${at} = 2; else { v${at} = 3 }`,
    ).join('\n'),
  ),
  ...program('modules that import each other', "import { x } from './b'\nexport const y = x", {
    'b.ts': "import { y } from './a'\nexport const x = y",
  }),
  [
    'aliases of aliases',
    {
      format: 'cloudformation-yaml',
      group: 'G',
      property: 'minSize',
      live: 4,
      wanted: 3,
      context: { template: 't.yaml' },
      files: {
        't.yaml': `Metadata:\n  a0: &a0 [x, x]\n${Array.from({ length: 25 }, (_, at) => `  a${at + 1}: &a${at + 1} [*a${at}, *a${at}, *a${at}]\n`).join('')}Resources:\n  G:\n    Type: AWS::AutoScaling::AutoScalingGroup\n    Properties:\n      MinSize: 4\n      Tags: *a25\n`,
      },
    },
  ],
]

/** A program that defines the group, around code that is made to hurt. */
function program(name: string, code: string, more: EditCase['files'] = {}): readonly (readonly [string, EditCase])[] {
  const text = `import { CfnAutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling'\n${code}\nnew CfnAutoScalingGroup(stack, 'G', { minSize: '4' })\n`
  return [
    [name, { format: 'cdk-ts', group: 'G', property: 'minSize', live: 4, wanted: 3, files: { 'a.ts': text, ...more } }],
  ]
}

jest.setTimeout(60_000)

/** Without bounds each of these would take years or all memory; the test's end is its assertion. */
describe('code that is made to hurt', () => {
  test.each(cases)('%s are answered and end', async (_, one) => {
    expect(await edit(one).then(shown, String)).toEqual(expect.any(String))
  })
})
