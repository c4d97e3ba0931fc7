import { describe, expect, test } from '@jest/globals'
import type { EditContext } from '../../../../src/core/model/code.js'
import { edit, shown } from '../edit-case.js'

const program = (properties: string, more = '') =>
  `name: shop\nruntime: yaml\n${more}resources:\n  web:\n    type: aws:autoscaling/group:Group\n    properties:\n${properties
    .split('\n')
    .map((line) => `      ${line}\n`)
    .join('')}`

async function ask(
  text: string,
  files: Readonly<Record<string, string>> = {},
  context: EditContext = {},
): Promise<string> {
  const outcome = await edit({
    files: { 'Pulumi.yaml': text, ...files },
    format: 'pulumi-yaml',
    group: 'web',
    property: 'maxSize',
    live: 8,
    wanted: 6,
    context,
  })
  return shown(outcome)
}

const withDefault = 'configuration:\n  max:\n    type: integer\n    default: 8\n'

describe('an edit in a Pulumi program in YAML', () => {
  test('changes a literal, a default, a variable or the stack, whichever decides', async () => {
    expect(await ask(program('maxSize: 8'))).toBe('Pulumi.yaml:7 maxSize: 6')
    expect(await ask(program('maxSize: ${max}', withDefault), { 'Pulumi.live.yaml': 'config: {}\n' })).toBe(
      'Pulumi.yaml:6 default: 6',
    )
    expect(await ask(program('maxSize: ${limit}', 'variables:\n  limit: 8\n'))).toBe('Pulumi.yaml:4 limit: 6')
    expect(await ask(program('maxSize: ${max}', withDefault), { 'Pulumi.live.yaml': 'config:\n  shop:max: 8\n' })).toBe(
      'Pulumi.live.yaml:2 shop:max: 6',
    )
  })

  test.each([
    [
      'a default that two stacks take',
      program('maxSize: ${max}', withDefault),
      { 'Pulumi.a.yaml': 'config: {}\n', 'Pulumi.b.yaml': 'config: {}\n' },
      { stack: 'a' },
      'shared-by-several-groups',
    ],
    [
      'a variable for two properties',
      program('minSize: ${limit}\nmaxSize: ${limit}', 'variables:\n  limit: 8\n'),
      {},
      {},
      'shared-by-several-properties',
    ],
    [
      'what a function gives',
      program(
        'maxSize: ${limit.value}',
        'variables:\n  limit:\n    fn::invoke:\n      function: aws:ssm:getParameter\n',
      ),
      {},
      {},
      'external-value',
    ],
    ['an unknown name', program('maxSize: ${nothing}'), {}, {}, 'external-value'],
    [
      'an ignored attribute',
      `${program('maxSize: 8')}    options:\n      ignoreChanges: [maxSize]\n`,
      {},
      {},
      'ignored',
    ],
    ['an alias', program('maxSize: *limit', 'x: &limit 8\n'), {}, {}, 'computed'],
    ['a file that does not parse', `${program('maxSize: 8')}a: [`, {}, {}, 'unparseable'],
  ] as const)('refuses %s', async (_, text, files, context, expected) => {
    expect(await ask(text, files, context)).toBe(expected)
  })
})
