import { Duration } from 'aws-cdk-lib'
import { Queue, QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs'
import { Construct } from 'constructs'
import { acknowledge } from './acknowledge.js'
import { type Deployment, nameOf } from './deployment.js'
import { workerTimeout } from './workflow-functions.js'

/** A delivery is tried so often before it is a dead letter. */
const maxReceiveCount = 5

/** Deliveries of GitHub that wait for the worker, and what could not be done: both kinds of dead letters alarm. */
export class WorkQueues extends Construct {
  readonly webhooks: Queue
  readonly deadWebhooks: Queue
  readonly failedRuns: Queue

  constructor(scope: Construct, id: string, deployment: Deployment) {
    super(scope, id)
    const create = (what: string, more: QueueProps) =>
      new Queue(this, what, {
        queueName: nameOf(deployment, what),
        encryption: QueueEncryption.SQS_MANAGED,
        enforceSSL: true,
        retentionPeriod: Duration.days(14),
        ...more,
      })
    this.deadWebhooks = create('webhook-dead-letters', {})
    this.webhooks = create('webhooks', {
      visibilityTimeout: Duration.seconds(workerTimeout.toSeconds() * 6),
      deadLetterQueue: { queue: this.deadWebhooks, maxReceiveCount },
    })
    this.failedRuns = create('failed-runs', {})
    acknowledge(
      this.failedRuns,
      'AwsSolutions-SQS3',
      'It is a dead-letter queue itself, of schedules and asynchronous calls, which name it on their own side.',
    )
  }
}
