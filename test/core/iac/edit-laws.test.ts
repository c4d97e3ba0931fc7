import { beforeAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { loadSyntax } from '../../../src/adapters/parsers/load-syntax.js'
import { editValue } from '../../../src/core/iac/edit-value.js'
import type { Syntax } from '../../../src/core/iac/syntax.js'
import type { CodeFormat, EditOutcome } from '../../../src/core/model/code.js'

let syntax: Syntax
beforeAll(async () => {
  syntax = await loadSyntax()
})

const ending = fc.constantFrom('\n', '\r\n')
const written = fc.constantFrom(
  (value: number) => String(value),
  (value: number) => `"${value}"`,
  (value: number) => `${value}`,
)
const noise = fc.constantFrom('', '# min_size = 4', '// "} {', '/* MinSize: 4 */', '# ünïcödé 🚚')

interface World {
  readonly file: string
  readonly format: CodeFormat
  readonly address: string
  readonly text: string
}

const terraform = fc
  .record({
    eol: ending,
    write: written,
    bom: fc.boolean(),
    end: fc.boolean(),
    before: noise,
    after: noise,
    tab: fc.constantFrom('  ', '\t'),
  })
  .map(({ eol, write, bom, end, before, after, tab }): World => {
    const lines = [
      before,
      'resource "aws_autoscaling_group" "a" {',
      `${tab}min_size = ${write(4)} ${after}`,
      `${tab}max_size = 90`,
      '}',
      'resource "x" "y" {',
      `${tab}z = 4`,
      '}',
    ]
    return {
      file: 'main.tf',
      format: 'terraform',
      address: 'aws_autoscaling_group.a',
      text: (bom ? '\uFEFF' : '') + lines.join(eol) + (end ? eol : ''),
    }
  })

const cloudFormation = fc
  .record({
    eol: ending,
    write: written,
    bom: fc.boolean(),
    end: fc.boolean(),
    comment: fc.constantFrom('', ' # MinSize: 4', ' # 🚚'),
  })
  .map(({ eol, write, bom, end, comment }): World => {
    const lines = [
      'Resources:',
      '  A:',
      '    Type: AWS::AutoScaling::AutoScalingGroup',
      '    Properties:',
      `      MinSize: ${write(4)}${comment}`,
      '      MaxSize: 90',
      '      Cooldown: 4',
    ]
    return {
      file: 't.yaml',
      format: 'cloudformation-yaml',
      address: 'A',
      text: (bom ? '\uFEFF' : '') + lines.join(eol) + (end ? eol : ''),
    }
  })

const comments = fc.constantFrom('', '// maxSize: 4', '/* "} { */', '// ünïcödé 🚚', '`${4}`;')

const program = fc
  .record({
    eol: ending,
    write: fc.constantFrom(
      (value: number) => String(value),
      (value: number) => `'${value}'`,
      (value: number) => `"${value}"`,
    ),
    bom: fc.boolean(),
    end: fc.boolean(),
    before: comments,
    after: fc.constantFrom('', ' // minSize: 4', ' /* 🚚 */'),
    tab: fc.constantFrom('  ', '\t'),
  })
  .map(({ eol, write, bom, end, before, after, tab }): World => {
    const lines = [
      "import { CfnAutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';",
      before,
      'declare const stack: any;',
      "new CfnAutoScalingGroup(stack, 'A', {",
      `${tab}minSize: ${write(4)},${after}`,
      `${tab}maxSize: '90',`,
      '});',
      'const z = 4;',
    ]
    return {
      file: 'a.ts',
      format: 'cdk-ts',
      address: 'A',
      text: (bom ? '\uFEFF' : '') + lines.join(eol) + (end ? eol : ''),
    }
  })

const pulumiYaml = fc
  .record({
    eol: ending,
    write: written,
    bom: fc.boolean(),
    end: fc.boolean(),
    comment: fc.constantFrom('', ' # minSize: 4', ' # 🚚'),
  })
  .map(({ eol, write, bom, end, comment }): World => {
    const lines = [
      'name: shop',
      'runtime: yaml',
      'resources:',
      '  A:',
      '    type: aws:autoscaling:Group',
      '    properties:',
      `      minSize: ${write(4)}${comment}`,
      '      maxSize: 90',
      '      defaultCooldown: 4',
    ]
    return {
      file: 'Pulumi.yaml',
      format: 'pulumi-yaml',
      address: 'A',
      text: (bom ? '\uFEFF' : '') + lines.join(eol) + (end ? eol : ''),
    }
  })

function edit(world: World, text: string, live: number, wanted: number): EditOutcome {
  const address = {
    kind: 'found',
    format: world.format,
    file: world.file,
    line: 1,
    address: world.address,
    rootModule: '',
  } as const
  return editValue(
    {
      files: new Map([[world.file, text]]),
      address,
      property: 'minSize',
      live,
      wanted,
      context: { template: world.file },
    },
    syntax,
  )
}

function textOf(world: World, outcome: EditOutcome): string {
  if (outcome.kind === 'refused') throw new Error(outcome.hint)
  return outcome.files.get(world.file) ?? ''
}

describe.each([
  ['Terraform', terraform],
  ['CloudFormation', cloudFormation],
  ['a CDK program', program],
  ['a Pulumi program in YAML', pulumiYaml],
] as const)('an edit in %s', (_, worlds) => {
  const wanted = fc.integer({ min: 0, max: 90 }).filter((value) => value !== 4)

  test('made twice is made once', () => {
    fc.assert(
      fc.property(worlds, wanted, (world, value) => {
        const once = textOf(world, edit(world, world.text, 4, value))
        expect(edit(world, once, value, value)).toMatchObject({ kind: 'refused', reason: 'no-change' })
      }),
    )
  })

  test('and its revert leave the file byte for byte', () => {
    fc.assert(
      fc.property(worlds, wanted, (world, value) => {
        const once = textOf(world, edit(world, world.text, 4, value))
        expect(once).not.toBe(world.text)
        expect(textOf(world, edit(world, once, value, 4))).toBe(world.text)
      }),
    )
  })

  test('changes nothing outside its range', () => {
    fc.assert(
      fc.property(worlds, wanted, (world, value) => {
        const outcome = edit(world, world.text, 4, value)
        const [one] = outcome.kind === 'edited' ? outcome.edits : []
        const [start, end] = one?.range ?? [0, 0]
        expect(textOf(world, outcome)).toBe(world.text.slice(0, start) + String(value) + world.text.slice(end))
      }),
    )
  })

  test('of a cut text is right or refused, never something else', () => {
    fc.assert(
      fc.property(worlds, fc.nat(400), (world, cut) => {
        const text = world.text.slice(0, cut)
        const outcome = edit(world, text, 4, 7)
        if (outcome.kind === 'refused') return
        const at = text.search(/^\s*(min_size|MinSize|minSize)( =|:) ["']?4/m)
        expect(outcome.edits[0]?.range[0]).toBeGreaterThan(at)
        expect(textOf(world, outcome).length).toBe(text.length)
      }),
    )
  })
})
