import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { App, Stack } from 'aws-cdk-lib'
import { Template } from 'aws-cdk-lib/assertions'
import { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling'
import { readAppSettings } from '../../infra/app-settings.js'
import { functionNames } from '../../infra/constructs/deployment.js'
import { bundlesContext } from '../../infra/constructs/function-assets.js'
import {
  environmentPresets,
  PerformanceOptimizationConstruct,
  type PerformanceOptimizationProps,
} from '../../infra/constructs/performance-optimization-construct.js'
import { OptimizationStack } from '../../infra/optimization-stack.js'
import type { SynthesizedTemplate } from './template.js'

const { context } = JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'cdk.json'), 'utf8'))

// CDK's own check of the templates takes seconds a stack; one test switches it on again (`validated`).
process.env.CDK_VALIDATION = 'false'

/** With CDK's own check of the templates, whose faults then throw. */
export function validated<T>(synthesis: () => T): T {
  delete process.env.CDK_VALIDATION
  try {
    return synthesis()
  } finally {
    process.env.CDK_VALIDATION = 'false'
  }
}

/** An app with the project's own feature flags. `close` removes what it needed, for `afterAll`. */
export interface Bench {
  app(): App
  close(): void
}

/**
 * Where apps are synthesised in process. The bundles hold a handler and nothing else: what the stack does with them does
 * not depend on what they do.
 */
export function createBench(): Bench {
  const folder = mkdtempSync(join(tmpdir(), 'trimtab-bundles-'))
  for (const name of functionNames) {
    mkdirSync(join(folder, name))
    writeFileSync(join(folder, name, 'index.mjs'), `export const handler = async () => '${name}'\n`)
  }
  return {
    app: () => new App({ context: { ...context, [bundlesContext]: folder }, analyticsReporting: false }),
    close: () => rmSync(folder, { recursive: true }),
  }
}

/** The stack that `npx cdk synth -c environment=…` makes. */
export function synthesizeApp(app: App, settings: Readonly<Record<string, unknown>>): SynthesizedTemplate {
  const stack = new OptimizationStack(
    app,
    readAppSettings((key) => settings[key], {}),
  )
  return Template.fromStack(stack).toJSON() as SynthesizedTemplate
}

type Given = Partial<PerformanceOptimizationProps>

/** A stack with the construct for one production group, but for what is given. */
export function synthesize(app: App, given: Given | ((stack: Stack) => Given) = {}): SynthesizedTemplate {
  const stack = new Stack(app, 'Consumer')
  new PerformanceOptimizationConstruct(stack, 'PerformanceOptimization', {
    environmentName: 'production',
    applicationName: 'macro-ai',
    autoScalingGroup: AutoScalingGroup.fromAutoScalingGroupName(stack, 'Group', 'macro-ai-production-asg'),
    optimizationConfig: environmentPresets.production,
    ...(typeof given === 'function' ? given(stack) : given),
  })
  return Template.fromStack(stack).toJSON() as SynthesizedTemplate
}
