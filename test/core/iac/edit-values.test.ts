import { describe, expect, test } from '@jest/globals'
import { loadSyntax } from '../../../src/adapters/parsers/load-syntax.js'
import { editValues } from '../../../src/core/iac/edit-values.js'
import type { EditableProperty } from '../../../src/core/model/code.js'
import { shown } from './edit-case.js'

function code(min: string, desired: string) {
  return `resource "aws_autoscaling_group" "g" {\n  min_size = ${min}\n  desired_capacity = ${desired}\n  max_size = 9\n}\n`
}

const variable = 'variable "n" {\n  default = 4\n}\n'

async function together(text: string, wanted: Readonly<Partial<Record<EditableProperty, number>>>) {
  const address = {
    kind: 'found',
    format: 'terraform',
    file: 'main.tf',
    line: 1,
    address: 'aws_autoscaling_group.g',
    rootModule: '',
  } as const
  const changes = Object.entries(wanted).map(([property, value]) => ({
    property: property as EditableProperty,
    live: undefined,
    wanted: value,
  }))
  return editValues({ files: new Map([['main.tf', text]]), address, changes }, await loadSyntax())
}

describe('several values of one group', () => {
  test('change together, each in its own place', async () => {
    const outcome = await together(code('4', '4'), { minSize: 3, desiredCapacity: 3 })
    expect(shown(outcome)).toBe('main.tf:2 min_size = 3; main.tf:3 desired_capacity = 3')
  })

  test('are checked against each other after all changes, not one by one', async () => {
    expect(shown(await together(code('4', '4'), { minSize: 6 }))).toBe('inconsistent')
    expect(shown(await together(code('4', '4'), { minSize: 6, desiredCapacity: 6 }))).toBe(
      'main.tf:2 min_size = 6; main.tf:3 desired_capacity = 6',
    )
  })

  test('may come from one place when all of them are to change alike', async () => {
    const text = code('var.n', 'var.n') + variable
    expect(shown(await together(text, { minSize: 3 }))).toBe('shared-by-several-properties')
    expect(shown(await together(text, { minSize: 3, desiredCapacity: 3 }))).toBe('main.tf:7 default = 3')
    expect(shown(await together(text, { minSize: 3, desiredCapacity: 5 }))).toBe('shared-by-several-properties')
  })

  test('that are there already are left alone', async () => {
    expect(shown(await together(code('3', '4'), { minSize: 3, desiredCapacity: 3 }))).toBe(
      'main.tf:3 desired_capacity = 3',
    )
    expect(shown(await together(code('3', '3'), { minSize: 3, desiredCapacity: 3 }))).toBe('no-change')
  })

  test('are all refused when one of them is', async () => {
    expect(shown(await together(code('4', '2 * 2'), { minSize: 3, desiredCapacity: 3 }))).toBe('computed')
  })
})
