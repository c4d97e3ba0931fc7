import { describe, expect, test } from '@jest/globals'
import { type EditCase, edit, shown } from '../edit-case.js'

const group = (attributes: string): string => `resource "aws_autoscaling_group" "web" {\n${attributes}\n}\n`

function web(attributes: string, more: Readonly<Record<string, string>> = {}) {
  return {
    'main.tf': group(attributes),
    ...more,
  }
}

const min = { group: 'aws_autoscaling_group.web', property: 'minSize', live: 4, wanted: 3 } as const

const edits: readonly (readonly [string, EditCase, string])[] = [
  ['a literal, its comment kept', { ...min, files: web('  min_size = 4 # four') }, 'main.tf:2 min_size = 3 # four'],
  ['a quoted number', { ...min, files: web('  min_size = "4"') }, 'main.tf:2 min_size = "3"'],
  [
    'a variable default',
    { ...min, files: web('  min_size = var.n', { 'v.tf': 'variable "n" {\n  default = 4\n}\n' }) },
    'v.tf:2 default = 3',
  ],
  [
    'terraform.tfvars before the default',
    {
      ...min,
      files: web('  min_size = var.n', { 'v.tf': 'variable "n" {\n  default = 4\n}\n', 'terraform.tfvars': 'n = 4\n' }),
    },
    'terraform.tfvars:1 n = 3',
  ],
  [
    'the var file of the environment that the caller names',
    {
      ...min,
      context: { environment: 'production' },
      files: web('  min_size = var.n', {
        'v.tf': 'variable "n" {}\n',
        'env/prod.tfvars': 'n = 4\n',
        'env/dev.tfvars': 'n = 4\n',
      }),
    },
    'env/prod.tfvars:1 n = 3',
  ],
  [
    'the arm of nested conditions that holds',
    {
      ...min,
      context: { variables: { env: 'live' } },
      files: web('  min_size = var.env == "test" ? 4 : var.env == "live" ? 4 : 4', { 'v.tf': 'variable "env" {}\n' }),
    },
    'main.tf:2 min_size = var.env == "test" ? 4 : var.env == "live" ? 3 : 4',
  ],
  [
    'an entry of a JSON file that the code decodes',
    {
      ...min,
      files: web('  min_size = local.sizes.web.min', {
        'l.tf': 'locals {\n  sizes = jsondecode(file("${path.module}/sizes.json"))\n}\n',
        'sizes.json': '{"web": {"min": 4}}',
      }),
    },
    'sizes.json:1 {"web": {"min": 3}}',
  ],
  [
    'the entry behind for_each over a filtered map',
    {
      ...min,
      group: 'aws_autoscaling_group.web["a"]',
      files: web('  for_each = { for k, v in local.all : k => v if v.on }\n  min_size = each.value.n', {
        'l.tf': 'locals {\n  all = {\n    a = { on = true, n = 4 }\n    b = { on = false, n = 4 }\n  }\n}\n',
      }),
    },
    'l.tf:3 a = { on = true, n = 3 }',
  ],
]

const refusals: readonly (readonly [string, EditCase, string])[] = [
  ['arithmetic', { ...min, files: web('  min_size = 2 * 2') }, 'computed'],
  [
    'a negated variable',
    { ...min, files: web('  min_size = -var.n', { 'v.tf': 'variable "n" {\n  default = -4\n}\n' }) },
    'computed',
  ],
  ['another live value', { ...min, live: 5, files: web('  min_size = 4') }, 'drift'],
  ['the wanted value there already', { ...min, live: 3, files: web('  min_size = 3') }, 'no-change'],
  ['an attribute that is not set', { ...min, files: web('  max_size = 4') }, 'absent'],
  ['a minimum above the maximum', { ...min, wanted: 9, files: web('  min_size = 4\n  max_size = 8') }, 'inconsistent'],
  [
    'a group that is not there',
    { ...min, group: 'aws_autoscaling_group.api', files: web('  min_size = 4') },
    'not-found',
  ],
  [
    'a broken file beside it',
    { ...min, files: web('  min_size = var.n', { 'v.tf': 'variable "n" {\n' }) },
    'unparseable',
  ],
  [
    'everything ignored',
    { ...min, files: web('  min_size = 4\n  lifecycle {\n    ignore_changes = all\n  }') },
    'ignored',
  ],
  [
    'a generated file',
    { ...min, files: { 'main.tf': `# This file is generated. Do not edit.\n${group('  min_size = 4')}` } },
    'generated',
  ],
  [
    'a value that a template file uses too',
    {
      ...min,
      files: web('  min_size = var.n', {
        'v.tf': 'variable "n" {\n  default = 4\n}\nresource "x" "y" {\n  z = "n=${var.n}"\n}\n',
      }),
    },
    'shared-by-several-properties',
  ],
  [
    'a value that a heredoc uses too',
    {
      ...min,
      files: web('  min_size = var.n', {
        'v.tf': 'variable "n" {\n  default = 4\n}\nresource "x" "y" {\n  z = <<EOT\n${var.n}\nEOT\n}\n',
      }),
    },
    'shared-by-several-properties',
  ],
  [
    'a value that decides how many copies something has',
    {
      ...min,
      files: web('  min_size = var.n', {
        'v.tf': 'variable "n" {\n  default = 4\n}\nresource "x" "y" {\n  count = var.n\n}\n',
      }),
    },
    'shared-by-several-properties',
  ],
  [
    'a module that another root calls as well',
    {
      ...min,
      rootModule: 'live/a',
      group: 'module.m.aws_autoscaling_group.web',
      files: {
        'mod/main.tf': group('  min_size = 4'),
        'live/a/main.tf': 'module "m" {\n  source = "../../mod"\n}\n',
        'live/b/main.tf': 'module "m" {\n  source = "../../mod"\n}\n',
      },
    },
    'shared-by-several-groups',
  ],
  [
    'a literal of a root that several var files deploy',
    {
      ...min,
      files: web('  min_size = 4\n  name = var.n', {
        'v.tf': 'variable "n" {}\n',
        'a.tfvars': 'n = "a"\n',
        'b.tfvars': 'n = "b"\n',
      }),
    },
    'shared-by-several-groups',
  ],
  [
    'variables that refer to each other in a circle',
    { ...min, files: web('  min_size = local.a', { 'l.tf': 'locals {\n  a = local.b\n  b = local.a\n}\n' }) },
    'computed',
  ],
  [
    'a value that a precondition speaks of',
    {
      ...min,
      files: web('  min_size = var.n\n  lifecycle {\n    precondition {\n      condition = var.n > 3\n    }\n  }', {
        'v.tf': 'variable "n" {\n  default = 4\n}\n',
      }),
    },
    'shared-by-several-properties',
  ],
  [
    'a value that the validation of another variable speaks of',
    {
      ...min,
      files: web('  min_size = var.n\n  max_size = var.m', {
        'v.tf':
          'variable "n" {\n  default = 4\n}\nvariable "m" {\n  default = 9\n  validation {\n    condition = var.m - var.n < 6\n  }\n}\n',
      }),
    },
    'constraint',
  ],
  [
    'a scaling configuration that is ignored as a whole',
    {
      ...min,
      group: 'aws_eks_node_group.n',
      files: {
        'main.tf':
          'resource "aws_eks_node_group" "n" {\n  scaling_config {\n    min_size = 4\n  }\n  lifecycle {\n    ignore_changes = [scaling_config]\n  }\n}\n',
      },
    },
    'ignored',
  ],
  [
    'a launch template that a second group uses',
    {
      group: 'aws_autoscaling_group.web',
      property: 'instanceType',
      live: 'm6i.large',
      wanted: 'm7i.large',
      files: {
        'main.tf': `${group('  launch_template {\n    id = aws_launch_template.t.id\n  }')}${group('  launch_template {\n    id = aws_launch_template.t.id\n  }').replace('"web"', '"api"')}resource "aws_launch_template" "t" {\n  instance_type = "m6i.large"\n}\n`,
      },
    },
    'shared-by-several-groups',
  ],
  [
    'a type of another architecture',
    {
      group: 'aws_autoscaling_group.web',
      property: 'instanceType',
      live: 'm6i.large',
      wanted: 'm7g.large',
      files: {
        'main.tf': `${group('  launch_template {\n    id = aws_launch_template.t.id\n  }')}resource "aws_launch_template" "t" {\n  instance_type = "m6i.large"\n}\n`,
      },
    },
    'architecture',
  ],
]

describe('Terraform', () => {
  test.each(edits)('edits %s', async (_, one, expected) => expect(shown(await edit(one))).toBe(expected))
  test.each(refusals)('refuses %s', async (_, one, expected) => expect(shown(await edit(one))).toBe(expected))

  test('tells what to type by hand when it refuses', async () => {
    const outcome = await edit({
      ...min,
      files: web('  min_size = local.base * 2', { 'l.tf': 'locals {\n  base = 2\n}\n' }),
    })
    expect(outcome).toMatchObject({ kind: 'refused', hint: expect.stringContaining('main.tf:2 → `min_size = 3`') })
  })

  test('shows the way of the value', async () => {
    const outcome = await edit({
      ...min,
      files: web('  min_size = var.n', { 'v.tf': 'variable "n" {\n  default = 4\n}\n' }),
    })
    expect(outcome.kind === 'edited' && outcome.trail.map((site) => `${site.file}:${site.line}`)).toEqual([
      'main.tf:2',
      'v.tf:2',
    ])
  })
})
