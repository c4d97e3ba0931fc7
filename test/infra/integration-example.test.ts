import { afterAll, describe, expect, it } from '@jest/globals'
import { Template } from 'aws-cdk-lib/assertions'
import { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling'
import { InstanceType, type IVpc, MachineImage, Vpc } from 'aws-cdk-lib/aws-ec2'
import { Topic } from 'aws-cdk-lib/aws-sns'
import { createBench } from '../support/synthesize.js'
import { IntegrationExample } from './integration-example.js'

const bench = createBench()
afterAll(bench.close)

describe('S01: the integration example', () => {
  it.each(['production', 'staging', 'development'] as const)('synthesises for %s', (environment) => {
    const stack = new IntegrationExample(bench.app(), 'Example')
    stack[environment]({
      existingAutoScalingGroup: new AutoScalingGroup(stack, 'Group', {
        // The library's own class differs from its interface under exactOptionalPropertyTypes.
        vpc: new Vpc(stack, 'Vpc', { natGateways: 0 }) as IVpc,
        vpcSubnets: { subnetGroupName: 'Public' },
        instanceType: new InstanceType('m6i.large'),
        machineImage: MachineImage.latestAmazonLinux2023(),
      }),
      optimizationRecommendation: new Topic(stack, 'Recommendation'),
      performanceAlert: new Topic(stack, 'Performance'),
      costAlert: new Topic(stack, 'Cost'),
    })
    const template = Template.fromStack(stack)
    const { Resources } = template.toJSON()
    const named = Object.values(Resources as Record<string, { Type: string; Properties: Record<string, unknown> }>)
    const name = (what: string) => `macro-ai-${environment}-${what}`

    template.resourceCountIs('AWS::Lambda::Function', 5)
    for (const FunctionName of ['performance-analyzer', 'optimization-engine', 'cost-optimizer'].map(name))
      template.hasResourceProperties('AWS::Lambda::Function', { FunctionName })
    template.hasResourceProperties('AWS::DynamoDB::Table', { TableName: name('optimization-recommendations') })
    template.hasResourceProperties('AWS::CloudWatch::Dashboard', { DashboardName: name('performance-optimization') })
    for (const AlarmName of ['high-cpu-utilization', 'low-cpu-utilization', 'performance-degradation'].map(name))
      template.hasResourceProperties('AWS::CloudWatch::Alarm', { AlarmName })
    expect(
      named.filter(({ Type }) => Type === 'AWS::Scheduler::Schedule').map(({ Properties }) => Properties.Name),
    ).toEqual(
      ['analysis', 'engine', 'monitoring', 'cost-daily', 'cost-weekly', 'cost-monthly', 'cost-quarterly'].map(name),
    )
    // The topics given are the ones used: none is made.
    template.resourceCountIs('AWS::SNS::Topic', 3)
  })
})
