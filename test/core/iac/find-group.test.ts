import { describe, expect, test } from '@jest/globals'
import { loadSyntax } from '../../../src/adapters/parsers/load-syntax.js'
import { editValues } from '../../../src/core/iac/edit-values.js'
import { findGroup } from '../../../src/core/iac/find-group.js'
import { fitsShape } from '../../../src/core/iac/name-match.js'
import type { FileSet } from '../../../src/core/model/code.js'

function terraform(name: string, attributes: string): string {
  return `resource "aws_autoscaling_group" "${name}" {\n${attributes}\n}\n`
}

const files = (of: Readonly<Record<string, string>>): FileSet => new Map(Object.entries(of))

async function locate(
  of: Readonly<Record<string, string>>,
  name: string,
  tags: Readonly<Record<string, string>> = {},
  stack?: { name: string; logicalId: string },
) {
  const found = findGroup(files(of), { name, tags, ...(stack && { stack }) }, undefined, await loadSyntax())
  return found.kind === 'found' ? `${found.format} ${found.rootModule}|${found.address}` : found.reason
}

describe('finding a group', () => {
  test('by its literal name', async () => {
    const code = { 'a.tf': terraform('a', '  name = "web-prod"') + terraform('b', '  name = "api-prod"') }
    expect(await locate(code, 'api-prod')).toBe('terraform |aws_autoscaling_group.b')
  })

  test('by a name made of a variable that has a value', async () => {
    const code = {
      'live/a.tf': `${terraform('a', '  name = "${var.app}-asg"')}variable "app" {\n  default = "shop"\n}\n`,
    }
    expect(await locate(code, 'shop-asg')).toBe('terraform live|aws_autoscaling_group.a')
  })

  test('by a name template whose environment is not known', async () => {
    const code = {
      'a.tf': `${terraform('a', '  name = "shop-${var.env}-asg"')}${terraform('b', '  name = "mail-${var.env}-asg"')}variable "env" {}\n`,
    }
    expect(await locate(code, 'shop-prod-asg')).toBe('terraform |aws_autoscaling_group.a')
    expect(await locate(code, 'blog-prod-asg')).toBe('not-found')
  })

  test('inside a module, through for_each and the caller that names it', async () => {
    const code = {
      'mod/a.tf': `${terraform('this', '  name = "svc-${var.name}"')}variable "name" {}\n`,
      'live/a.tf': 'module "svc" {\n  for_each = toset(["x", "y"])\n  source = "../mod"\n  name = each.key\n}\n',
    }
    expect(await locate(code, 'svc-y')).toBe('terraform live|module.svc["y"].aws_autoscaling_group.this')
  })

  test('by a prefix and the time that Terraform puts behind it', async () => {
    expect(await locate({ 'a.tf': terraform('a', '  name_prefix = "web-"') }, 'web-20260105101112000000000001')).toBe(
      'terraform |aws_autoscaling_group.a',
    )
  })

  test('not by a name that two definitions could have', async () => {
    const code = { 'a/a.tf': terraform('a', '  name = "web"'), 'b/a.tf': terraform('a', '  name = "web"') }
    expect(await locate(code, 'web')).toBe('several-candidates')
  })

  test('by the stack and logical id in its tags, nested stacks included', async () => {
    const group = '  Fleet:\n    Type: AWS::AutoScaling::AutoScalingGroup\n    Properties:\n      MinSize: 1\n'
    const code = {
      'top.yaml':
        'Resources:\n  Inner:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: ./inner.yaml\n',
      'inner.yaml': `Resources:\n${group}`,
      'web.yaml': `Resources:\n${group}`,
    }
    expect(await locate(code, 'x', {}, { name: 'prod-Inner-1A2B3C4D5E6F', logicalId: 'Fleet' })).toBe(
      'cloudformation-yaml |Inner/Fleet',
    )
    expect(await locate(code, 'x', {}, { name: 'prod-web', logicalId: 'Fleet' })).toBe('cloudformation-yaml |Fleet')
  })

  test('in a Terragrunt unit, by the name it hands to its module', async () => {
    const code = {
      'mod/a.tf': `${terraform('this', '  name = var.name')}variable "name" {}\n`,
      'live/a/terragrunt.hcl': 'terraform {\n  source = "../../mod"\n}\ninputs = {\n  name = "a-web"\n}\n',
      'live/b/terragrunt.hcl': 'terraform {\n  source = "../../mod"\n}\ninputs = {\n  name = "b-web"\n}\n',
    }
    expect(await locate(code, 'b-web')).toBe('terragrunt live/b|aws_autoscaling_group.this')
  })

  test('at the place that the configuration names', async () => {
    const found = findGroup(
      files({ 'live/a.tf': '' }),
      { name: 'x', tags: {} },
      { path: 'live/', address: 'aws_autoscaling_group.a' },
      await loadSyntax(),
    )
    expect(found).toMatchObject({ kind: 'found', rootModule: 'live', address: 'aws_autoscaling_group.a' })
  })
})

describe('a partly known name', () => {
  test.each([
    [['web-', undefined], 'web-prod', true],
    [['web-', undefined], 'web-', false],
    [[undefined, '-asg'], 'prod-asg', true],
    [[undefined, '-', undefined, '-asg'], 'shop-prod-asg', true],
    [[undefined, '-', undefined], 'shop-prod', false],
    [['web', undefined, 'asg'], 'web-a-asg-b', false],
    [['web'], 'web', true],
    [['web'], 'web2', false],
  ])('%j fits %s: %s', (shape, name, fits) => expect(fitsShape(shape, name)).toBe(fits))
})

const cdk = {
  'bin/app.ts':
    "import { App } from 'aws-cdk-lib'\nimport { Web } from '../lib/web'\nconst app = new App()\nnew Web(app, 'WebStack', { stage: process.env.STAGE })\n",
  'lib/web.ts':
    "import { Stack } from 'aws-cdk-lib'\nimport { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling'\nexport class Web extends Stack {\n  constructor(scope: any, id: string, props: any) {\n    super(scope, id, props)\n    new AutoScalingGroup(this, 'Returns', { maxCapacity: 2 })\n    new AutoScalingGroup(this, 'Named', { autoScalingGroupName: `shop-${props.stage}-named` })\n  }\n}\n",
  'cdk.json': '{}',
}

describe('finding a group of a program', () => {
  test('by the logical id that the CDK makes of its path', async () => {
    const stack = { name: 'WebStack', logicalId: 'ReturnsASG0327E4FF' }
    expect(await locate(cdk, 'WebStack-ReturnsASG0327E4FF-ABC', {}, stack)).toBe('cdk-ts |WebStack/Returns')
    expect(await locate(cdk, 'x', {}, { ...stack, logicalId: 'ReturnsASG0327E4FE' })).toBe('not-found')
  })

  test('by the name that the code gives, a part of which is not known', async () => {
    expect(await locate(cdk, 'shop-live-named')).toBe('cdk-ts |WebStack/Named')
    expect(await locate(cdk, 'shop-live-other')).toBe('not-found')
  })

  test('by the digits that Pulumi puts behind the name', async () => {
    const index = 'import * as aws from "@pulumi/aws"\nnew aws.autoscaling.Group("web", { minSize: 1 })\n'
    const code = { 'infra/Pulumi.yaml': 'name: shop\nruntime: nodejs\n', 'infra/index.ts': index }
    expect(await locate(code, 'web-1a2b3c4')).toBe('pulumi-ts infra|web')
    expect(await locate(code, 'web-production')).toBe('not-found')
  })

  test('in a program written in YAML', async () => {
    const project =
      'name: shop\nruntime: yaml\nresources:\n  web:\n    type: aws:autoscaling:Group\n    properties:\n      name: shop-web\n'
    expect(await locate({ 'infra/Pulumi.yaml': project }, 'shop-web')).toBe('pulumi-yaml infra|web')
  })

  test('in Python only to say that this language is not edited', async () => {
    const code = { 'app.py': 'x = 1\nautoscaling.AutoScalingGroup(self, "Returns", vpc=vpc)\n' }
    const stack = { name: 'WebStack', logicalId: 'ReturnsASG0327E4FF' }
    const found = findGroup(files(code), { name: 'x', tags: {}, stack }, undefined, await loadSyntax())
    expect(found).toMatchObject({ reason: 'unsupported-language', sites: [{ file: 'app.py', line: 2 }] })
  })

  test.each([
    ['.', 'WebStack/Returns', cdk, 'cdk-ts'],
    ['lib/web.ts', 'Returns', cdk, 'cdk-ts'],
    ['infra', 'web', { 'infra/Pulumi.yaml': 'name: a\nruntime:\n  name: nodejs\n', 'infra/index.ts': '' }, 'pulumi-ts'],
    ['infra', 'web', { 'infra/Pulumi.yaml': 'name: a\nruntime: yaml\n' }, 'pulumi-yaml'],
    ['app.py', 'web', { 'app.py': '' }, 'unsupported-language'],
  ] as const)('by a configured place: %s', async (path, address, code, expected) => {
    const wanted = { name: 'x', tags: {} }
    const found = findGroup(files(code), wanted, { path, address }, await loadSyntax())
    expect(found.kind === 'found' ? found.format : found.reason).toBe(expected)
  })

  test('and is edited there', async () => {
    const syntax = await loadSyntax()
    const stack = { name: 'WebStack', logicalId: 'ReturnsASG0327E4FF' }
    const address = findGroup(files(cdk), { name: 'x', tags: {}, stack }, undefined, syntax)
    if (address.kind === 'refused') throw new Error(address.hint)
    const change = { property: 'maxSize', live: 2, wanted: 3 } as const
    const outcome = editValues({ files: files(cdk), address, changes: [change] }, syntax)
    expect(outcome.kind === 'edited' && outcome.edits[0]?.after.trim()).toContain('maxCapacity: 3')
  })
})
