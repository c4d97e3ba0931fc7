import { App } from 'aws-cdk-lib'
import { readAppSettings } from './app-settings.js'
import { MemberAccountStack } from './member-account-stack.js'
import { OptimizationStack } from './optimization-stack.js'

/** What `npx cdk` runs: one environment, or with `-c template=member-account` the template of member accounts. */
function synthesize(): void {
  const app = new App()
  const contextOf = (key: string): unknown => app.node.tryGetContext(key)
  if (contextOf('template') === 'member-account') new MemberAccountStack(app, 'trimtab-member-account')
  else new OptimizationStack(app, readAppSettings(contextOf, process.env))
  app.synth()
}

try {
  synthesize()
} catch (error) {
  process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
