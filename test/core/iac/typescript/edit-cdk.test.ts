import { describe, expect, test } from '@jest/globals'
import { type Ask, ask, group, stack, stacks } from './cdk-case.js'

type Row = readonly [string, string, Ask, string]

const followed: readonly Row[] = [
  ['a literal', stack(group('maxCapacity: 8')), {}, 'maxCapacity: 6'],
  [
    'a text of the level-one construct',
    stack("new autoscaling.CfnAutoScalingGroup(this, 'Web', { minSize: '1', maxSize: '8' })"),
    {},
    "maxSize: '6'",
  ],
  ['a constant of the module', stack(group('maxCapacity: MAX'), 'const MAX = 8'), {}, 'const MAX = 6'],
  ['shorthand', stack(`const maxCapacity = 8\n${group('maxCapacity')}`), {}, 'const maxCapacity = 6'],
  [
    'a nested constant object',
    stack(group('maxCapacity: sizes.web.max'), 'const sizes = { web: { max: 8 }, api: { max: 8 } }'),
    {},
    'const sizes = { web: { max: 6 }, api: { max: 8 } }',
  ],
  [
    'a spread whose entry is not set again',
    stack(group('...base'), 'const base = { minCapacity: 1, maxCapacity: 8 }'),
    {},
    'const base = { minCapacity: 1, maxCapacity: 6 }',
  ],
  [
    'an entry after a spread',
    stack(group('...base, maxCapacity: 8'), 'const base = { maxCapacity: 8 }'),
    {},
    'maxCapacity: 6',
  ],
  [
    'past a spread that may add something else',
    stack(group('maxCapacity: 8, ...(props.key && { keyName: props.key })')),
    {},
    'maxCapacity: 6',
  ],
  ['a default of the props', stack(group('maxCapacity: props.max ?? 8')), {}, 'props.max ?? 6'],
  [
    'a default in a destructuring',
    stack(`const { max = 8 } = props\n${group('maxCapacity: max')}`),
    {},
    'const { max = 6 } = props',
  ],
  ['a parameter default', stack(`const make = (max = 8) => ${group('maxCapacity: max')}\nmake()`), {}, '(max = 6)'],
  [
    'a method of the stack',
    stack('this.fleet(8)').replace(/\n\}\n$/, `\n  fleet(max: number) { return ${group('maxCapacity: max')} }\n}\n`),
    {},
    'this.fleet(6)',
  ],
  [
    'a property of the class',
    stack(group('maxCapacity: this.max')).replace('  constructor', '  private readonly max = 8\n  constructor'),
    {},
    'max = 6',
  ],
  [
    'a static of the class',
    stack(group('maxCapacity: WebStack.max')).replace('  constructor', '  static readonly max = 8\n  constructor'),
    {},
    'max = 6',
  ],
  ['an enum of the program', stack(group('maxCapacity: Size.Max'), 'enum Size { Min = 1, Max = 8 }'), {}, 'Max = 6'],
  [
    'a conditional that the code decides',
    stack(group("maxCapacity: stage === 'live' ? 8 : 2"), "const stage = 'live'"),
    {},
    "'live' ? 6 : 2",
  ],
  [
    'a function that returns by environment',
    stack(
      group("maxCapacity: sizeOf('live')"),
      "function sizeOf(stage: string) { if (stage === 'live') return 8; return 2 }",
    ),
    {},
    'return 6',
  ],
  [
    'a switch',
    stack(
      group("maxCapacity: sizeOf('live')"),
      "function sizeOf(stage: string) { switch (stage) { case 'live': return 8; default: return 2 } }",
    ),
    {},
    'return 6',
  ],
  [
    'an item of a list that makes groups',
    stack(
      'for (const one of fleets) new autoscaling.AutoScalingGroup(this, one.name, { vpc, maxCapacity: one.max })',
      "const fleets = [{ name: 'Web', max: 8 }, { name: 'Api', max: 8 }]",
    ),
    {},
    "max: 6 }, { name: 'Api', max: 8 }",
  ],
  [
    'an entry of a map that makes groups',
    stack(
      'Object.entries(fleets).forEach(([name, { max }]) => new autoscaling.AutoScalingGroup(this, name, { vpc, maxCapacity: max }))',
      'const fleets = { Web: { max: 8 }, Api: { max: 8 } }',
    ),
    {},
    'Web: { max: 6 }, Api: { max: 8 }',
  ],
  ['a value converted on its way', stack(group("maxCapacity: Number('8')")), {}, "Number('6')"],
  [
    'a class of the program that extends the group',
    stack(
      "new Fleet(this, 'Web', { max: 8 })",
      'class Fleet extends autoscaling.AutoScalingGroup { constructor(s: any, id: string, p: any) { super(s, id, { vpc: p.vpc, maxCapacity: p.max }) } }',
    ),
    {},
    'max: 6',
  ],
  [
    'a target of a policy',
    stack(`const web = ${group('maxCapacity: 8')}\nweb.scaleOnCpuUtilization('Cpu', { targetUtilizationPercent: 60 })`),
    { property: 'targetValue', live: 60, wanted: 55 },
    'targetUtilizationPercent: 55',
  ],
  [
    'a policy of its own',
    stack(
      `const web = ${group('maxCapacity: 8')}\nnew autoscaling.TargetTrackingScalingPolicy(this, 'P', { autoScalingGroup: web, targetValue: 60 })`,
    ),
    { property: 'targetValue', live: 60, wanted: 55 },
    'targetValue: 55',
  ],
  [
    'a schedule',
    stack(
      `const web = ${group('maxCapacity: 8, minCapacity: 2')}\nweb.scaleOnSchedule('Night', { schedule, minCapacity: 0, maxCapacity: 3 })`,
    ),
    { live: 3, wanted: 4, context: { schedule: 'Night' } },
    'maxCapacity: 4',
  ],
  [
    'a share of spot',
    stack(
      group(
        'mixedInstancesPolicy: { instancesDistribution: { onDemandPercentageAboveBaseCapacity: 100 }, launchTemplate }',
      ),
    ),
    {
      property: 'spotMix',
      live: { onDemandPercentageAboveBaseCapacity: 100 },
      wanted: { onDemandPercentageAboveBaseCapacity: 25 },
    },
    'onDemandPercentageAboveBaseCapacity: 25',
  ],
  [
    'an override of the mix',
    stack(
      group(
        "mixedInstancesPolicy: { launchTemplate, launchTemplateOverrides: [{ instanceType: new ec2.InstanceType('m5.large') }, { instanceType: new ec2.InstanceType('m5a.large') }] }",
      ),
    ),
    { property: 'spotMix', live: { override: 'm5a.large' }, wanted: { override: 'm6a.large' } },
    "InstanceType('m5.large') }, { instanceType: new ec2.InstanceType('m6a.large')",
  ],
  [
    'the type of a launch template',
    stack(
      `const lt = new ec2.LaunchTemplate(this, 'Lt', { instanceType: new ec2.InstanceType('m5.large') })\n${group('launchTemplate: lt')}`,
    ),
    { property: 'instanceType', live: 'm5.large', wanted: 'm6i.large' },
    "'m6i.large'",
  ],
  [
    'a level-one launch template',
    stack(
      "const lt = new ec2.CfnLaunchTemplate(this, 'Lt', { launchTemplateData: { instanceType: 'm5.large' } })\nnew autoscaling.CfnAutoScalingGroup(this, 'Web', { launchTemplate: { launchTemplateId: lt.ref, version: lt.attrLatestVersionNumber } })",
    ),
    { property: 'instanceType', live: 'm5.large', wanted: 'm6i.large' },
    "instanceType: 'm6i.large'",
  ],
  [
    'both members of a type',
    stack(group('instanceType: ec2.InstanceType.of(ec2.InstanceClass.M5, ec2.InstanceSize.XLARGE2)')),
    { property: 'instanceType', live: 'm5.2xlarge', wanted: 'c6i.xlarge' },
    'ec2.InstanceClass.C6I, ec2.InstanceSize.XLARGE)',
  ],
  [
    'a node group of EKS',
    stack("cluster.addNodegroupCapacity('Web', { minSize: 1, maxSize: 8 })", 'declare const cluster: any'),
    {},
    'maxSize: 6',
  ],
  [
    'capacity of ECS',
    stack(
      "const cluster = new Cluster(this, 'C', { vpc })\ncluster.addCapacity('Web', { maxCapacity: 8 })",
      "import { Cluster } from 'aws-cdk-lib/aws-ecs'",
    ),
    {},
    'maxCapacity: 6',
  ],
]

const files: readonly Row[] = [
  [
    'props of the call',
    stack(group('maxCapacity: props.max')),
    { files: stacks("new WebStack(app, 'Live', { max: 8 })") },
    "new WebStack(app, 'Live', { max: 6 })",
  ],
  [
    'props through a construct',
    stack("new Fleet(this, 'F', { max: props.size.max })", "import { Fleet } from './fleet'"),
    {
      files: {
        ...stacks("new WebStack(app, 'Live', { size: { max: 8 } })"),
        'lib/fleet.ts':
          "import { Construct } from 'constructs'\nimport { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling'\nexport class Fleet extends Construct {\n  constructor(s: any, id: string, private readonly p: any) { super(s, id); new AutoScalingGroup(this, 'Web', { maxCapacity: this.p.max }) }\n}\n",
      },
    },
    'max: 6',
  ],
  [
    'a named import',
    stack(group('maxCapacity: MAX'), "import { MAX } from '../config/sizes'"),
    { files: { 'config/sizes.ts': 'export const MAX = 8\n' } },
    'config/sizes.ts:1 export const MAX = 6',
  ],
  [
    'a default import',
    stack(group('maxCapacity: sizes.max'), "import sizes from '../config/sizes'"),
    { files: { 'config/sizes.ts': 'export default { max: 8 }\n' } },
    'export default { max: 6 }',
  ],
  [
    'a module that hands on',
    stack(group('maxCapacity: sizes.max'), "import { sizes } from '../config'"),
    {
      files: { 'config/index.ts': "export * from './sizes'\n", 'config/sizes.ts': 'export const sizes = { max: 8 }\n' },
    },
    'config/sizes.ts:1 export const sizes = { max: 6 }',
  ],
  [
    'a namespace import',
    stack(group('maxCapacity: sizes.MAX'), "import * as sizes from '../config/sizes.js'"),
    { files: { 'config/sizes.ts': 'export const MAX = 8\n' } },
    'export const MAX = 6',
  ],
  [
    'a JSON import',
    stack(group('maxCapacity: sizes.web.max'), "import sizes from '../sizes.json'"),
    { files: { 'sizes.json': '{ "web": { "max": 8 } }\n' } },
    'sizes.json:1 { "web": { "max": 6 } }',
  ],
  [
    'a JSON file that is read',
    stack(
      group('maxCapacity: sizes.max'),
      "import * as fs from 'fs'\nimport * as path from 'path'\nconst sizes = JSON.parse(fs.readFileSync(path.join(__dirname, '..', 'sizes.json'), 'utf8'))",
    ),
    { files: { 'sizes.json': '{ "max": 8 }\n' } },
    '{ "max": 6 }',
  ],
  [
    'a YAML file that is read',
    stack(
      group('maxCapacity: sizes.max'),
      "import { readFileSync } from 'node:fs'\nimport { load } from 'js-yaml'\nconst sizes: any = load(readFileSync(`${__dirname}/../sizes.yaml`, 'utf8'))",
    ),
    { files: { 'sizes.yaml': 'max: 8 # not 9\n' } },
    'sizes.yaml:1 max: 6 # not 9',
  ],
  [
    'context of cdk.json',
    stack(group("maxCapacity: this.node.tryGetContext('max')")),
    { files: { 'cdk.json': '{ "context": { "max": 8 } }' }, context: { cdkContext: {} } },
    'cdk.json:1 { "context": { "max": 6 } }',
  ],
  [
    'context by environment',
    stack(group('maxCapacity: this.node.tryGetContext(props.stage).max')),
    {
      files: {
        ...stacks("new WebStack(app, 'Live', { stage: 'live' })"),
        'cdk.json': '{ "context": { "test": { "max": 8 }, "live": { "max": 8 } } }',
      },
      context: { cdkContext: {} },
    },
    '"live": { "max": 6 }',
  ],
  [
    'the default where nothing is passed',
    stack(group("maxCapacity: this.node.tryGetContext('max') ?? 8")),
    { context: { cdkContext: {} } },
    '?? 6',
  ],
  [
    'the environment that only the caller knows',
    stack(
      group('maxCapacity: sizes[stage].max'),
      "const stage = process.env.STAGE ?? 'test'\nconst sizes: any = { test: { max: 8 }, live: { max: 8 } }",
    ),
    { context: { environment: 'live', environments: ['test', 'live'] } },
    'live: { max: 6 }',
  ],
  [
    'one of two stacks by a variable',
    stack(group('maxCapacity: props.max')),
    {
      files: stacks(
        "new WebStack(app, 'A', { stage: 'test', max: 8 })",
        "new WebStack(app, 'B', { stage: 'live', max: 8 })",
      ),
      context: { variables: { stage: 'live' } },
    },
    "'live', max: 6",
  ],
  [
    'one of two stacks by its path',
    stack(group('maxCapacity: props.max')),
    { group: 'B/Web', files: stacks("new WebStack(app, 'A', { max: 8 })", "new WebStack(app, 'B', { max: 8 })") },
    "new WebStack(app, 'B', { max: 6 })",
  ],
  [
    'one of two stacks by the environment',
    stack(group('maxCapacity: props.max')),
    {
      context: { environment: 'production' },
      files: stacks("new WebStack(app, 'WebDev', { max: 8 })", "new WebStack(app, 'WebProd', { max: 8 })"),
    },
    "'WebProd', { max: 6",
  ],
]

const refusals: readonly Row[] = [
  ['arithmetic', stack(group('maxCapacity: 4 * 2')), {}, 'computed'],
  [
    'a value for two properties',
    stack(group('minCapacity: SIZE, maxCapacity: SIZE'), 'const SIZE = 8'),
    {},
    'shared-by-several-properties',
  ],
  [
    'a value for two groups',
    stack(`${group('maxCapacity: SIZE')}\n${group('maxCapacity: SIZE', "'Api'")}`, 'const SIZE = 8'),
    {},
    'shared-by-several-groups',
  ],
  [
    'a value that something else gets',
    stack(
      `${group('maxCapacity: SIZE')}\nnew Alarm(this, 'A', { threshold: SIZE })`,
      "import { Alarm } from 'aws-cdk-lib/aws-cloudwatch'\nconst SIZE = 8",
    ),
    {},
    'shared-by-several-properties',
  ],
  [
    'a value that decides a branch elsewhere',
    stack(`${group('maxCapacity: SIZE')}\nif (SIZE > 7) ${group('maxCapacity: 1', "'Extra'")}`, 'const SIZE = 8'),
    {},
    'shared-by-several-groups',
  ],
  [
    'a value behind an early return',
    stack(
      `${group('maxCapacity: SIZE')}\nif (SIZE > 7) return\n${group('maxCapacity: 1', "'Extra'")}`,
      'const SIZE = 8',
    ),
    {},
    'shared-by-several-groups',
  ],
  [
    'a literal in a class with two instances',
    stack(group('maxCapacity: 8')),
    { group: 'A/Web', files: stacks("new WebStack(app, 'A')", "new WebStack(app, 'B')") },
    'shared-by-several-groups',
  ],
  [
    'a launch template of two groups',
    stack(
      `const lt = new ec2.LaunchTemplate(this, 'Lt', { instanceType: new ec2.InstanceType('m5.large') })\n${group('launchTemplate: lt')}\n${group('launchTemplate: lt', "'Api'")}`,
    ),
    { property: 'instanceType', live: 'm5.large', wanted: 'm6i.large' },
    'shared-by-several-groups',
  ],
  [
    'two instances without a choice',
    stack(group('maxCapacity: props.max')),
    { files: stacks("new WebStack(app, 'A', { max: 8 })", "new WebStack(app, 'B', { max: 8 })") },
    'several-candidates',
  ],
  [
    'an unknown branch',
    stack(group('maxCapacity: props.big ? 8 : 2')).replace('props: any = {}', 'props: any'),
    { files: { 'bin/app.ts': '' } },
    'several-candidates',
  ],
  [
    'a default that a caller may replace',
    stack(group('maxCapacity: props.max ?? 8')).replace('props: any = {}', 'props: any'),
    { files: { 'bin/app.ts': '' } },
    'no-default',
  ],
  [
    'an assignment in an unknown branch',
    stack(`let max = 8\nif (process.env.BIG) max = 16\n${group('maxCapacity: max')}`),
    {},
    'several-candidates',
  ],
  ['the process environment', stack(group('maxCapacity: Number(process.env.MAX)')), {}, 'external-value'],
  [
    'a parameter store',
    stack(
      group("maxCapacity: Number(StringParameter.valueFromLookup(this, 'max'))"),
      "import { StringParameter } from 'aws-cdk-lib/aws-ssm'",
    ),
    {},
    'external-value',
  ],
  [
    'context that may be passed',
    stack(group("maxCapacity: this.node.tryGetContext('max') ?? 8")),
    {},
    'external-value',
  ],
  [
    'context that is passed',
    stack(group("maxCapacity: Number(this.node.tryGetContext('max'))")),
    { context: { cdkContext: { max: '8' } } },
    'no-default',
  ],
  ['something absent', stack(group('minCapacity: 1')), {}, 'absent'],
  ['another live value', stack(group('maxCapacity: 7')), {}, 'drift'],
  ['the wanted value', stack(group('maxCapacity: 6')), { live: 6 }, 'no-change'],
  ['a minimum over the maximum', stack(group('minCapacity: 7, maxCapacity: 8')), {}, 'inconsistent'],
  [
    'an override past the construct',
    stack(
      `const web = ${group('maxCapacity: 8')}\nconst cfn = web.node.defaultChild as any\ncfn.addPropertyOverride('MaxSize', '9')`,
    ),
    {},
    'overridden',
  ],
  [
    'an assignment past the construct',
    stack(`const web = ${group('maxCapacity: 8')}\nconst cfn = web.node.defaultChild as any\ncfn.maxSize = '9'`),
    {},
    'overridden',
  ],
  [
    'an aspect that sets it',
    stack(group('maxCapacity: 8'), 'export class Cap { visit(node: any) { node.maxSize = "3" } }'),
    {},
    'overridden',
  ],
  [
    'overrides over a type',
    stack(
      group(
        "instanceType: new ec2.InstanceType('m5.large'), mixedInstancesPolicy: { launchTemplate, launchTemplateOverrides: [{ instanceType: new ec2.InstanceType('m5.xlarge') }] }",
      ),
    ),
    { property: 'instanceType', live: 'm5.large', wanted: 'm6i.large' },
    'overridden',
  ],
  [
    'another processor',
    stack(group('instanceType: ec2.InstanceType.of(ec2.InstanceClass.M5, ec2.InstanceSize.LARGE)')),
    { property: 'instanceType', live: 'm5.large', wanted: 'm7g.large' },
    'architecture',
  ],
  [
    'a member that is not known',
    stack(group('instanceType: ec2.InstanceType.of(ec2.InstanceClass.BRAND_NEW, ec2.InstanceSize.LARGE)')),
    { property: 'instanceType', live: 'm5.large', wanted: 'm6i.large' },
    'computed',
  ],
  [
    'a target for each second',
    stack(`const web = ${group('maxCapacity: 8')}\nweb.scaleOnRequestCount('R', { targetRequestsPerSecond: 10 })`),
    { property: 'targetValue', live: 600, wanted: 500 },
    'computed',
  ],
  ['a name that nobody has', stack(group('maxCapacity: 8')), { group: 'Api' }, 'not-found'],
  ['a file that does not parse', `${stack(group('maxCapacity: 8'))}\nconst = {`, {}, 'unparseable'],
  ['a generated file', `// Code generated by a tool. DO NOT EDIT.\n${stack(group('maxCapacity: 8'))}`, {}, 'generated'],
  [
    'a data file that a program in another language names',
    stack(group('maxCapacity: sizes.max'), "import sizes from '../sizes.json'"),
    { files: { 'sizes.json': '{ "max": 8 }', 'tool.py': 'open("sizes.json")' } },
    'shared-by-several-groups',
  ],
  [
    'a value that a function gives to somebody outside',
    stack(group('maxCapacity: SIZE'), 'const SIZE = 8\nexport function size() { return SIZE }'),
    {},
    'shared-by-several-properties',
  ],
  [
    'a group in Python',
    '',
    { files: { 'bin/app.ts': '', 'app.py': "asg.AutoScalingGroup(self, 'Web', max_capacity=8)" } },
    'unsupported-language',
  ],
]

describe('an edit in a CDK program', () => {
  test.each(followed)('follows %s', async (_, lib, one, expected) => {
    expect(await ask(lib, one)).toContain(expected)
  })

  test.each(files)('follows %s into another file', async (_, lib, one, expected) => {
    expect(await ask(lib, one)).toContain(expected)
  })

  test.each(refusals)('refuses %s', async (_, lib, one, expected) => {
    expect(await ask(lib, one)).toBe(expected)
  })
})
