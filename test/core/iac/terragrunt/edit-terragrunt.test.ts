import { describe, expect, test } from '@jest/globals'
import { type EditCase, edit, shown } from '../edit-case.js'

const source = 'terraform {\n  source = "../../mod"\n}\n'
const include = 'include "env" {\n  path = find_in_parent_folders("env.hcl")\n}\n'
const shared = {
  'mod/main.tf':
    'resource "aws_autoscaling_group" "g" {\n  min_size = var.min_size\n}\nvariable "min_size" {\n  default = 4\n}\n',
}
const base = {
  format: 'terragrunt',
  group: 'aws_autoscaling_group.g',
  rootModule: 'live/a',
  property: 'minSize',
  live: 4,
  wanted: 3,
} as const
const unit = (inputs: string, more = '') => `${source}${more}inputs = {\n${inputs}\n}\n`

const cases: readonly (readonly [string, EditCase['files'], string])[] = [
  [
    'edits an input',
    { ...shared, 'live/a/terragrunt.hcl': unit('  min_size = 4') },
    'live/a/terragrunt.hcl:5 min_size = 3',
  ],
  [
    'edits an included input that only this unit takes',
    {
      ...shared,
      'live/env.hcl': 'inputs = {\n  min_size = 4\n}\n',
      'live/a/terragrunt.hcl': unit('', include),
      'live/b/terragrunt.hcl': unit('  min_size = 4', include),
    },
    'live/env.hcl:2 min_size = 3',
  ],
  [
    'refuses an included input that two units take',
    {
      ...shared,
      'live/env.hcl': 'inputs = {\n  min_size = 4\n}\n',
      'live/a/terragrunt.hcl': unit('', include),
      'live/b/terragrunt.hcl': unit('', include),
    },
    'shared-by-several-groups',
  ],
  [
    'refuses an included input when another unit cannot be read',
    {
      ...shared,
      'live/env.hcl': 'inputs = {\n  min_size = 4\n}\n',
      'live/a/terragrunt.hcl': unit('', include),
      'live/b/terragrunt.hcl': 'inputs = {',
    },
    'unparseable',
  ],
  [
    'refuses an input that two includes give',
    {
      ...shared,
      'live/env.hcl': 'inputs = {\n  min_size = 4\n}\n',
      'live/more.hcl': 'inputs = {\n  min_size = 4\n}\n',
      'live/a/terragrunt.hcl': unit('', `${include}include "more" {\n  path = find_in_parent_folders("more.hcl")\n}\n`),
    },
    'several-candidates',
  ],
  [
    'refuses a module default that two units take',
    { ...shared, 'live/a/terragrunt.hcl': unit(''), 'live/b/terragrunt.hcl': unit('') },
    'shared-by-several-groups',
  ],
  [
    'refuses an output of another unit',
    { ...shared, 'live/a/terragrunt.hcl': unit('  min_size = dependency.x.outputs.n') },
    'external-value',
  ],
  [
    'refuses the process environment',
    { ...shared, 'live/a/terragrunt.hcl': unit('  min_size = get_env("N", "4")') },
    'external-value',
  ],
  [
    'refuses where var files are passed behind the inputs',
    {
      ...shared,
      'live/a/terragrunt.hcl': `terraform {\n  source = "../../mod"\n  extra_arguments "v" {\n    required_var_files = ["x.tfvars"]\n  }\n}\ninputs = {\n  min_size = 4\n}\n`,
    },
    'several-candidates',
  ],
]

describe('Terragrunt', () => {
  test.each(cases)('%s', async (_, files, expected) => expect(shown(await edit({ ...base, files }))).toBe(expected))
})
