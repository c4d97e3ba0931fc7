import { describe, expect, test } from '@jest/globals'
import { type EditCase, edit, shown } from '../edit-case.js'

function template(properties: string, head = '', tail = ''): Readonly<Record<string, string>> {
  return {
    't.yaml': `${head}Resources:\n  Web:\n    Type: AWS::AutoScaling::AutoScalingGroup\n    Properties:\n${properties}\n${tail}`,
  }
}

const base = {
  format: 'cloudformation-yaml',
  group: 'Web',
  property: 'minSize',
  live: 4,
  wanted: 3,
  context: { template: 't.yaml' },
} as const
const parameter = (more = '') => `Parameters:\n  N:\n    Type: Number\n    Default: 4\n${more}`

const edits: readonly (readonly [string, EditCase, string])[] = [
  ['a literal', { ...base, files: template('      MinSize: 4 # four') }, 't.yaml:5 MinSize: 3 # four'],
  ['a single-quoted literal', { ...base, files: template("      MinSize: '4'") }, "t.yaml:5 MinSize: '3'"],
  [
    'a parameter default by the short tag',
    { ...base, files: template('      MinSize: !Ref N', parameter()) },
    't.yaml:4 Default: 3',
  ],
  [
    'a parameter default by the long form',
    { ...base, files: template('      MinSize: {Ref: N}', parameter()) },
    't.yaml:4 Default: 3',
  ],
  [
    'a literal in JSON',
    {
      ...base,
      format: 'cloudformation-json',
      context: { template: 't.json' },
      files: {
        't.json':
          '{"Resources": {"Web": {"Type": "AWS::AutoScaling::AutoScalingGroup", "Properties": {"MinSize": "4"}}}}',
      },
    },
    't.json:1 {"Resources": {"Web": {"Type": "AWS::AutoScaling::AutoScalingGroup", "Properties": {"MinSize": "3"}}}}',
  ],
]

const refusals: readonly (readonly [string, EditCase, string])[] = [
  [
    'a parameter that feeds two properties',
    { ...base, files: template('      MinSize: !Ref N\n      MaxSize: !Ref N', parameter()) },
    'shared-by-several-properties',
  ],
  [
    'a parameter used in a text',
    {
      ...base,
      files: template(
        '      MinSize: !Ref N',
        parameter(),
        '  T:\n    Type: AWS::SNS::Topic\n    Properties:\n      TopicName: !Sub "n-${N}"\n',
      ),
    },
    'shared-by-several-properties',
  ],
  [
    'a value that is not allowed',
    { ...base, files: template('      MinSize: !Ref N', parameter('    MinValue: 4\n')) },
    'constraint',
  ],
  [
    'a value outside the allowed list',
    { ...base, files: template('      MinSize: !Ref N', parameter('    AllowedValues: [4, 6]\n')) },
    'constraint',
  ],
  [
    'a pattern that could take for ever',
    { ...base, files: template('      MinSize: !Ref N', parameter('    AllowedPattern: (a+)+$\n')) },
    'constraint',
  ],
  [
    'a parameter that rules speak of',
    {
      ...base,
      files: template(
        '      MinSize: !Ref N',
        `${parameter()}Rules:\n  R:\n    Assertions:\n      - Assert: !Equals [!Ref N, "4"]\n`,
      ),
    },
    'constraint',
  ],
  ['an imported value', { ...base, files: template('      MinSize: !ImportValue size') }, 'external-value'],
  [
    'a parameter without default',
    { ...base, files: template('      MinSize: !Ref N', 'Parameters:\n  N:\n    Type: Number\n') },
    'no-default',
  ],
  [
    'a condition that is not known',
    {
      ...base,
      files: template(
        '      MinSize: !If [L, 4, 1]',
        'Parameters:\n  S:\n    Type: String\nConditions:\n  L: !Equals [!Ref S, live]\n',
      ),
    },
    'several-candidates',
  ],
  [
    'another value at deployment',
    {
      ...base,
      context: { template: 't.yaml', stackParameters: { N: 4 } },
      files: template('      MinSize: !Ref N', parameter().replace('4', '2')),
    },
    'drift',
  ],
  [
    'a parameter file that may be used',
    {
      ...base,
      files: {
        ...template('      MinSize: !Ref N', parameter()),
        'p.json': '[{"ParameterKey": "N", "ParameterValue": "4"}]',
      },
    },
    'several-candidates',
  ],
  [
    'a template with a duplicate key',
    { ...base, files: template('      MinSize: 4\n      MinSize: 4') },
    'unparseable',
  ],
  [
    'a minimum above the maximum',
    { ...base, wanted: 9, files: template('      MinSize: 4\n      MaxSize: 6') },
    'inconsistent',
  ],
]

const rolling =
  'Resources:\n  Web:\n    Type: AWS::AutoScaling::AutoScalingGroup\n    UpdatePolicy:\n      AutoScalingRollingUpdate:\n        MinInstancesInService: 3\n    Properties:\n      MaxSize: 4\n'

describe('CloudFormation', () => {
  test.each(edits)('edits %s', async (_, one, expected) => expect(shown(await edit(one))).toBe(expected))
  test.each(refusals)('refuses %s', async (_, one, expected) => expect(shown(await edit(one))).toBe(expected))

  test('allows a type that a mapping turns into the same image', async () => {
    const head =
      'Parameters:\n  T:\n    Type: String\n    Default: m5.large\nMappings:\n  Arch:\n    m5.large: {A: x86}\n    m6i.large: {A: x86}\n    t3.large: {A: other}\n'
    const tail =
      '  L:\n    Type: AWS::EC2::LaunchTemplate\n    Properties:\n      LaunchTemplateData:\n        InstanceType: !Ref T\n        ImageId: !FindInMap [Arch, !Ref T, A]\n'
    const files = template('      LaunchTemplate:\n        LaunchTemplateId: !Ref L\n        Version: 1', head, tail)
    const change = { ...base, files, property: 'instanceType', live: 'm5.large' } as const
    expect(shown(await edit({ ...change, wanted: 'm6i.large' }))).toBe('t.yaml:4 Default: m6i.large')
    expect(shown(await edit({ ...change, wanted: 't3.large' }))).toBe('shared-by-several-properties')
    expect(shown(await edit({ ...change, wanted: 'c6i.large' }))).toBe('shared-by-several-properties')
  })

  test('refuses a maximum that a rolling update could not live with', async () => {
    const one = { ...base, files: { 't.yaml': rolling }, property: 'maxSize' } as const
    expect(shown(await edit({ ...one, wanted: 3 }))).toBe('inconsistent')
    expect(shown(await edit({ ...one, wanted: 5 }))).toBe('t.yaml:8 MaxSize: 5')
  })
})
