import { describe, expect, test } from '@jest/globals'
import type { EditableProperty, EditContext, EditValue } from '../../../../src/core/model/code.js'
import { edit, shown } from '../edit-case.js'

interface Ask {
  readonly property?: EditableProperty
  readonly live?: EditValue
  readonly wanted?: EditValue
  readonly group?: string
  readonly context?: EditContext
  readonly files?: Readonly<Record<string, string>>
}

async function ask(text: string, { property, live, wanted, group, context, files }: Ask = {}): Promise<string> {
  const outcome = await edit({
    files: { 'Pulumi.yaml': 'name: shop\nruntime: nodejs\n', 'index.ts': head + text, ...files },
    format: 'pulumi-ts',
    group: group ?? 'web',
    property: property ?? 'maxSize',
    live: live ?? 8,
    wanted: wanted ?? 6,
    ...(context === undefined ? {} : { context }),
  })
  return shown(outcome)
}

const head =
  'import * as aws from "@pulumi/aws";\nimport * as pulumi from "@pulumi/pulumi";\nimport * as eks from "@pulumi/eks";\n'
const group = (properties: string, options = '') =>
  `const web = new aws.autoscaling.Group("web", { ${properties} }${options});\n`
const config = 'const config = new pulumi.Config();\n'
const live = { 'Pulumi.live.yaml': 'config:\n  shop:max: "8"\n' }

describe('an edit in a Pulumi program', () => {
  test.each<readonly [string, string, Ask, string]>([
    ['a literal', group('maxSize: 8'), {}, 'maxSize: 6'],
    [
      'a value of the stack',
      config + group('maxSize: config.requireNumber("max")'),
      { files: live },
      'Pulumi.live.yaml:2 shop:max: "6"',
    ],
    [
      'a value without a namespace',
      config + group('maxSize: config.requireNumber("max")'),
      { files: { 'Pulumi.live.yaml': 'config:\n  max: 8\n' } },
      'max: 6',
    ],
    [
      'a value of another namespace',
      `const net = new pulumi.Config("net");\n${group('maxSize: net.getNumber("max")')}`,
      { files: { 'Pulumi.live.yaml': 'config:\n  net:max: 8\n  shop:max: 8\n' } },
      'net:max: 6',
    ],
    [
      'a value in an object of the stack',
      config + group('maxSize: config.requireObject<any>("web").max'),
      { files: { 'Pulumi.live.yaml': 'config:\n  shop:web:\n    min: 8\n    max: 8\n' } },
      'Pulumi.live.yaml:4 max: 6',
    ],
    [
      "the stack that bears the environment's name",
      config + group('maxSize: config.requireNumber("max")'),
      {
        context: { environment: 'production' },
        files: { 'Pulumi.prod.yaml': 'config:\n  shop:max: 8\n', 'Pulumi.dev.yaml': 'config:\n  shop:max: 8\n' },
      },
      'Pulumi.prod.yaml:2 shop:max: 6',
    ],
    [
      'a default that only this stack takes',
      config + group('maxSize: config.getNumber("max") ?? 8'),
      { context: { stack: 'test' }, files: { ...live, 'Pulumi.test.yaml': 'config:\n  aws:region: eu-west-1\n' } },
      '?? 6',
    ],
    [
      'a default of the project',
      config + group('maxSize: config.requireNumber("max")'),
      {
        context: { stack: 'live' },
        files: {
          'Pulumi.yaml': 'name: shop\nruntime: nodejs\nconfig:\n  max:\n    default: 8\n',
          'Pulumi.live.yaml': 'config: {}\n',
        },
      },
      'default: 6',
    ],
    [
      'an entry by stack',
      `const sizes: any = { live: { max: 8 }, test: { max: 8 } };\n${group('maxSize: sizes[pulumi.getStack()].max')}`,
      { context: { stack: 'live' } },
      'live: { max: 6 }',
    ],
    ['an output of a known value', group('maxSize: pulumi.output(8).apply((n) => n)'), {}, 'pulumi.output(6)'],
    [
      'a target of a policy',
      `${group('maxSize: 8')}new aws.autoscaling.Policy("cpu", { autoscalingGroupName: web.name, targetTrackingConfiguration: { targetValue: 50.0 } });\n`,
      { property: 'targetValue', live: 50, wanted: 60 },
      'targetValue: 60.0',
    ],
    [
      'a schedule',
      `${group('maxSize: 8')}new aws.autoscaling.Schedule("night", { autoscalingGroupName: web.name, scheduledActionName: "n", maxSize: 2 });\n`,
      { live: 2, wanted: 3, context: { schedule: 'night' } },
      'maxSize: 3',
    ],
    [
      'the type of a launch template',
      `const lt = new aws.ec2.LaunchTemplate("lt", { instanceType: "m5.large" });\n${group('launchTemplate: { id: lt.id }')}`,
      { property: 'instanceType', live: 'm5.large', wanted: 'm6i.large' },
      'instanceType: "m6i.large"',
    ],
    [
      'a node group',
      'const cluster = new eks.Cluster("c", { skipDefaultNodeGroup: true });\ncluster.createNodeGroup("web", { maxSize: 8 });\n',
      {},
      'maxSize: 6',
    ],
    [
      'a managed node group',
      'eks.createManagedNodeGroup("web", { scalingConfig: { maxSize: 8 } });\n',
      {},
      'maxSize: 6',
    ],
    [
      'an argument of a component',
      'class Fleet extends pulumi.ComponentResource { constructor(name: string, args: any) { super("shop:Fleet", name, args); new aws.autoscaling.Group(name, { maxSize: args.max }) } }\nnew Fleet("web", { max: 8 });\n',
      {},
      'max: 6',
    ],
    [
      'a group named by a template as written',
      'const app = pulumi.getProject();\nnew aws.autoscaling.Group(`${app}-web`, { maxSize: 8 });\n',
      { group: '${app}-web' },
      'maxSize: 6',
    ],
    [
      'a group named by a template as it is',
      'const app = pulumi.getProject();\nnew aws.autoscaling.Group(`${app}-web`, { maxSize: 8 });\n',
      { group: 'shop-web' },
      'maxSize: 6',
    ],
    [
      'a group of the program and not of a copy that nothing imports',
      group('maxSize: 8'),
      { files: { 'step2/index.ts': head + group('maxSize: 8') } },
      'index.ts:4',
    ],
  ])('follows %s', async (_, text, one, expected) => {
    expect(await ask(text, one)).toContain(expected)
  })

  test.each<readonly [string, string, Ask, string]>([
    [
      'a value of a stack that is not known',
      config + group('maxSize: config.requireNumber("max")'),
      { files: { ...live, 'Pulumi.test.yaml': 'config:\n  shop:max: 8\n' } },
      'several-candidates',
    ],
    ['a value of no stack', config + group('maxSize: config.requireNumber("max")'), {}, 'external-value'],
    [
      'a secret',
      config + group('maxSize: config.requireNumber("max")'),
      { files: { 'Pulumi.live.yaml': 'config:\n  shop:max:\n    secure: AAAA\n' } },
      'external-value',
    ],
    [
      'a literal of two stacks',
      group('maxSize: 8'),
      { context: { stack: 'live' }, files: { ...live, 'Pulumi.test.yaml': 'config: {}\n' } },
      'shared-by-several-groups',
    ],
    [
      'a default that two stacks take',
      config + group('maxSize: config.getNumber("max") ?? 8'),
      { context: { stack: 'live' }, files: { 'Pulumi.live.yaml': 'config: {}\n', 'Pulumi.test.yaml': 'config: {}\n' } },
      'shared-by-several-groups',
    ],
    ['an ignored attribute', group('maxSize: 8', ', { ignoreChanges: ["maxSize"] }'), {}, 'ignored'],
    [
      'ignored scaling',
      'eks.createManagedNodeGroup("web", { ignoreScalingChanges: true, scalingConfig: { desiredSize: 8 } });\n',
      { property: 'desiredCapacity' },
      'ignored',
    ],
    [
      'an output of another stack',
      `const other = new pulumi.StackReference("other");\n${group('maxSize: other.requireOutput("max")')}`,
      {},
      'external-value',
    ],
    [
      'a name that two groups have',
      group('maxSize: 8') + group('maxSize: 8').replace('const web', 'const again'),
      {},
      'duplicate-address',
    ],
  ])('refuses %s', async (_, text, one, expected) => {
    expect(await ask(text, one)).toBe(expected)
  })
})
