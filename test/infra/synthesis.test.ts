import { afterAll, describe, expect, it } from '@jest/globals'
import type { App, Stack } from 'aws-cdk-lib'
import { Template } from 'aws-cdk-lib/assertions'
import { Queue } from 'aws-cdk-lib/aws-sqs'
import { AwsSolutionsChecks } from 'cdk-nag'
import { readAppSettings } from '../../infra/app-settings.js'
import { MemberAccountStack } from '../../infra/member-account-stack.js'
import { OptimizationStack } from '../../infra/optimization-stack.js'
import { createBench, validated } from '../support/synthesize.js'

const bench = createBench()
afterAll(bench.close)

const members = [{ account: '111122223333', regions: ['eu-west-1'], externalId: 'kestrel-4711', apply: true }]

/** Everything that the project can deploy, with every property that adds a permission. */
function everything(): { readonly app: App; readonly stacks: readonly Stack[] } {
  const app = bench.app()
  const settings = { groups: 'web,jobs', memberAccounts: members }
  return {
    app,
    stacks: [
      new OptimizationStack(
        app,
        readAppSettings((key) => ({ environment: 'production', ...settings })[key as 'groups'], {}),
      ),
      new OptimizationStack(
        app,
        readAppSettings((key) => ({ environment: 'staging' })[key as 'environment'], {}),
      ),
      new MemberAccountStack(app, 'Member'),
    ],
  }
}

function findingsOf(app: App): readonly string[] {
  const { violations } = new AwsSolutionsChecks(app).validateScope(app)
  return violations.flatMap(({ ruleName, violatingResources }) =>
    violatingResources.map(({ constructPath }) => `${ruleName} at ${constructPath}`),
  )
}

describe('what is deployed', () => {
  it("has no finding of cdk-nag's AwsSolutions that is not explained", () => {
    expect(findingsOf(everything().app)).toEqual([])
  })

  it('is really looked at: a queue without encryption and dead letters is found', () => {
    const { app, stacks } = everything()
    new Queue(stacks[0] as Stack, 'Planted')
    expect(findingsOf(app).map((finding) => finding.split(' ')[0])).toEqual(['AwsSolutions-SQS3', 'AwsSolutions-SQS4'])
  })

  it("passes CloudFormation's own rules", () => {
    const { stacks } = everything()
    const count = validated(() => Object.keys(Template.fromStack(stacks[0] as Stack).toJSON().Resources).length)
    expect(count).toBeGreaterThan(50)
  }, 240_000)
})
