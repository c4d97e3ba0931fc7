import { Stack } from 'aws-cdk-lib'
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns'
import { Construct } from 'constructs'
import { type Deployment, nameOf } from './deployment.js'

/** Who hears of what. A topic that is not given is created. */
export interface OptimizationNotificationTopics {
  /** New recommendations. */
  readonly optimizationRecommendation?: ITopic
  /** Degraded performance, investigations, and failures of Trimtab itself. */
  readonly performanceAlert?: ITopic
  /** Cost over budget, and groups that idle. */
  readonly costAlert?: ITopic
}

/** The three topics of a deployment. */
export class NotificationTopics extends Construct {
  readonly optimizationRecommendation: ITopic
  readonly performanceAlert: ITopic
  readonly costAlert: ITopic

  constructor(scope: Construct, id: string, deployment: Deployment, given: OptimizationNotificationTopics) {
    super(scope, id)
    this.optimizationRecommendation = given.optimizationRecommendation ?? this.create(deployment, 'recommendations')
    this.performanceAlert = given.performanceAlert ?? this.create(deployment, 'performance-alerts')
    this.costAlert = given.costAlert ?? this.create(deployment, 'cost-alerts')
  }

  private create(deployment: Deployment, what: string): Topic {
    const topic = new Topic(this, what, { topicName: nameOf(deployment, what), enforceSSL: true })
    // A policy of one's own replaces the default one, by which alarms of the account may publish.
    topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsOfThisAccount',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    )
    return topic
  }
}
