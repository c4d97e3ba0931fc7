import { describe, expect, test } from '@jest/globals'
import { loadSyntax } from '../../../src/adapters/parsers/load-syntax.js'
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
