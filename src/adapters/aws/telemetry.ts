import type { MetricPoint, Telemetry, Topic } from '../../ports.js'
import type { AwsClients } from './clients.js'
import { chunksOf } from './pages.js'

export interface TelemetryOptions {
  readonly region: string
  /** Topic ARNs of the deployment; a topic without one is not told. */
  readonly topics: Readonly<Partial<Record<Topic, string>>>
}

/** Limits of the APIs: metrics in a PutMetricData call, characters of an SNS subject, of a message with room to spare. */
const limits = { metrics: 1_000, subject: 100, text: 200_000 } as const

/** CloudWatch metrics and SNS messages of the deployment. */
export function createTelemetry(clients: AwsClients, options: TelemetryOptions): Telemetry {
  return {
    publish: async (namespace, at, points) => {
      // CloudWatch refuses the whole call for one value that is not a number.
      const finite = points.filter((point) => Number.isFinite(point.value))
      if (finite.length === 0) return
      const cloudWatch = await clients.cloudWatch(options.region)
      for (const chunk of chunksOf(finite, limits.metrics)) {
        await cloudWatch.putMetricData({ Namespace: namespace, MetricData: chunk.map((point) => datumOf(point, at)) })
      }
    },
    announce: async (topic, subject, text, attributes) => {
      const arn = options.topics[topic]
      if (arn === undefined) return
      const sns = await clients.sns(regionOf(arn) ?? options.region)
      await sns.publish({
        TopicArn: arn,
        Subject: subjectLine(subject),
        Message: text.slice(0, limits.text),
        MessageAttributes: messageAttributes(attributes),
      })
    },
  }
}

function datumOf(point: MetricPoint, at: Date) {
  return {
    MetricName: point.name,
    Value: point.value,
    Unit: point.unit,
    Timestamp: at,
    Dimensions: Object.entries(point.dimensions).map(([Name, Value]) => ({ Name, Value })),
  }
}

/** SNS takes printable ASCII on one line. */
function subjectLine(subject: string): string {
  const line = subject.replace(/[^\x20-\x7e]+/g, ' ').trim()
  return line.length > limits.subject ? `${line.slice(0, limits.subject - 3)}...` : line
}

/** SNS refuses an empty attribute. */
function messageAttributes(attributes: Readonly<Record<string, string>>) {
  const filled = Object.entries(attributes).filter(([, value]) => value !== '')
  return Object.fromEntries(filled.map(([name, value]) => [name, { DataType: 'String', StringValue: value }]))
}

function regionOf(arn: string): string | undefined {
  return arn.split(':')[3] || undefined
}
