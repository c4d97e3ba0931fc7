import { describe, expect, test } from '@jest/globals'
import { parsePath } from '../../../../src/core/iac/data-files/edit-values-file.js'
import { type EditCase, edit, shown } from '../edit-case.js'

const pools =
  'base: &base\n  max: 9\npools:\n  - name: a\n    min: 4 # four\n    <<: *base\n  - &b\n    name: b\n    min: 4\nagain: *b\n'

function values(path: string, property: EditCase['property'] = 'minSize', live = 4): EditCase {
  return {
    format: 'values-yaml',
    group: 'a',
    property,
    live,
    wanted: 3,
    files: { 'v.yaml': pools },
    context: { file: 'v.yaml', path },
  }
}

describe('a values file', () => {
  test.each([
    ['edits the value at a path', values('pools[name=a].min'), 'v.yaml:5 min: 3 # four'],
    ['edits the value at a position', values('pools[0].min'), 'v.yaml:5 min: 3 # four'],
    [
      'refuses a value that comes in by a merge key',
      values('pools[name=a].max', 'maxSize', 9),
      'shared-by-several-groups',
    ],
    ['refuses a value below an anchor that is used elsewhere', values('pools[name=b].min'), 'shared-by-several-groups'],
    ['refuses a value behind an alias', values('again.min'), 'shared-by-several-groups'],
    ['refuses a path that leads nowhere', values('pools[name=c].min'), 'not-found'],
    ['refuses a map', values('pools[name=a]'), 'computed'],
    ['refuses another live value', values('pools[0].min', 'minSize', 5), 'drift'],
  ])('%s', async (_, one, expected) => expect(shown(await edit(one))).toBe(expected))

  test('has paths of keys, positions and named items', () => {
    expect(parsePath('a.b[2].c[name=x y].d-e')).toEqual([
      { key: 'a' },
      { key: 'b' },
      { index: 2 },
      { key: 'c' },
      { where: 'name', is: 'x y' },
      { key: 'd-e' },
    ])
    expect(parsePath('a[')).toBeUndefined()
  })
})

const settings = (max: string) => `option_settings:\n  aws:autoscaling:asg:\n    MaxSize: ${max}\n`

function beanstalk(files: EditCase['files'], wanted = 3): EditCase {
  return {
    format: 'beanstalk',
    group: 'AWSEBAutoScalingGroup',
    property: 'maxSize',
    live: 4,
    wanted,
    files,
  }
}

describe('an Elastic Beanstalk application', () => {
  test.each([
    [
      'edits the last file that sets the option',
      beanstalk({ '.ebextensions/1.config': settings('9'), '.ebextensions/2.config': settings("'4'") }),
      ".ebextensions/2.config:3 MaxSize: '3'",
    ],
    [
      'edits the list form',
      beanstalk({
        '.ebextensions/1.config':
          'option_settings:\n  - namespace: aws:autoscaling:asg\n    option_name: MaxSize\n    value: 4\n',
      }),
      '.ebextensions/1.config:4 value: 3',
    ],
    [
      'refuses where a resource overrides the group',
      beanstalk({
        '.ebextensions/1.config': `${settings('4')}Resources:\n  AWSEBAutoScalingGroup:\n    Properties: {}\n`,
      }),
      'overridden',
    ],
    [
      'refuses a maximum below the minimum',
      beanstalk({ '.ebextensions/1.config': `${settings('4')}    MinSize: 4\n` }),
      'inconsistent',
    ],
    ['refuses an option that is not set', beanstalk({ '.ebextensions/1.config': 'option_settings: {}\n' }), 'absent'],
  ])('%s', async (_, one, expected) => expect(shown(await edit(one))).toBe(expected))
})
