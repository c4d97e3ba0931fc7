import { FunctionUrlAuthType } from 'aws-cdk-lib/aws-lambda'
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources'
import type { IQueue } from 'aws-cdk-lib/aws-sqs'
import { Construct } from 'constructs'
import type { WorkflowFunctions } from './workflow-functions.js'

/** Deliveries that are worked on at once: GitHub's own limits bound what more could do. */
const maxConcurrency = 5
const batchSize = 10

/**
 * The way of a delivery: a public address that checks GitHub's signature and queues, and a worker behind the queue. A
 * batch that fails in part goes back in part.
 */
export class WebhookReceiver extends Construct {
  /** Goes into the settings of the GitHub App. */
  readonly url: string

  constructor(scope: Construct, id: string, { webhook, worker }: WorkflowFunctions, queue: IQueue) {
    super(scope, id)
    // GitHub signs with a shared secret and knows no AWS signature.
    this.url = webhook.lambda.addFunctionUrl({ authType: FunctionUrlAuthType.NONE }).url
    worker.lambda.addEventSource(
      new SqsEventSource(queue, { batchSize, maxConcurrency, reportBatchItemFailures: true }),
    )
  }
}
