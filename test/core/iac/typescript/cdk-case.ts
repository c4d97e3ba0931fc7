import type { EditableProperty, EditContext, EditValue } from '../../../../src/core/model/code.js'
import { edit, shown } from '../edit-case.js'

/** What is asked for, of the group named Web where nothing else is said. */
export interface Ask {
  readonly property?: EditableProperty
  readonly live?: EditValue
  readonly wanted?: EditValue
  readonly group?: string
  readonly context?: EditContext
  readonly files?: Readonly<Record<string, string>>
}

/** A stack's constructor around lines, in lib/web.ts; `head` stands before the class. */
export function stack(lines: string, head = ''): string {
  return `import { Stack, StackProps } from 'aws-cdk-lib'
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling'
import * as ec2 from 'aws-cdk-lib/aws-ec2'
import { Construct } from 'constructs'
${head}
export class WebStack extends Stack {
  constructor(scope: Construct, id: string, props: any = {}) {
    super(scope, id, props)
${lines}
  }
}
`
}

/** A group named Web with these properties. */
export function group(properties: string, name = "'Web'"): string {
  return `new autoscaling.AutoScalingGroup(this, ${name}, { vpc, ${properties} })`
}

const app = `import { App } from 'aws-cdk-lib'
import { WebStack } from '../lib/web'
const app = new App()
new WebStack(app, 'Live')
`

/** What a reader sees of an edit in a CDK program: the changed lines, or the reason. */
export async function ask(
  lib: string,
  { property, live, wanted, group: name, context, files }: Ask = {},
): Promise<string> {
  const outcome = await edit({
    files: { 'lib/web.ts': lib, 'bin/app.ts': app, ...files },
    format: 'cdk-ts',
    group: name ?? 'Web',
    property: property ?? 'maxSize',
    live: live ?? 8,
    wanted: wanted ?? 6,
    ...(context === undefined ? {} : { context }),
  })
  return shown(outcome)
}

/** An application with these stacks, in bin/app.ts. */
export function stacks(...lines: readonly string[]): Readonly<Record<string, string>> {
  return {
    'bin/app.ts': `import { App } from 'aws-cdk-lib'\nimport { WebStack } from '../lib/web'\nconst app = new App()\n${lines.join('\n')}\n`,
  }
}
