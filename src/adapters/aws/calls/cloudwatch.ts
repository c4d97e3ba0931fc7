import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  type DescribeAlarmsCommandInput,
  GetMetricDataCommand,
  type GetMetricDataCommandInput,
  PutMetricDataCommand,
  type PutMetricDataCommandInput,
} from '@aws-sdk/client-cloudwatch'
import { AwsQueryProtocol } from '@aws-sdk/core/protocols'
import { TrimtabError } from '../../../core/model/errors.js'
import { type Usage, usageNames } from '../../../core/model/usage.js'
import { billedMetrics } from '../billed-metrics.js'
import type { Asking, ClientSettings } from '../client-settings.js'
import { metricDataAnswer, PackedMetricsProtocol } from '../metric-answer.js'
import { nameEndpoint } from '../name-endpoint.js'
import { waitOnce } from '../slow-answer.js'

/** An answer of 100,800 points takes its time, most of all in other implementations; what takes longer is asked in parts. */
const PATIENCE = 4

/** The CloudWatch calls that Trimtab makes. */
export function connectCloudWatch(settings: ClientSettings, asking: Asking) {
  const ask = inEitherProtocol(settings, asking)
  return {
    describeAlarms: (input: DescribeAlarmsCommandInput) =>
      ask('cloudwatch:DescribeAlarms', async (client) =>
        answerOf('cloudwatch:DescribeAlarms', await client.send(new DescribeAlarmsCommand(input))),
      ),
    getMetricData: (input: GetMetricDataCommandInput) =>
      ask(
        'cloudwatch:GetMetricData',
        async (client) =>
          metricDataAnswer(answerOf('cloudwatch:GetMetricData', await client.send(new GetMetricDataCommand(input)))),
        { [usageNames.metrics]: billedMetrics(input.MetricDataQueries ?? []) },
      ),
    putMetricData: (input: PutMetricDataCommandInput) =>
      ask('cloudwatch:PutMetricData', (client) => client.send(new PutMetricDataCommand(input))),
  }
}

/** An empty answer without AWS's request id is no answer: the other protocol is asked. Throws `unsupported`. */
function answerOf<A extends { readonly $metadata: { readonly requestId?: string | undefined } }>(
  call: string,
  answer: A,
): A {
  if (answer.$metadata.requestId !== undefined || Object.keys(answer).length > 1) return answer
  throw new TrimtabError('unsupported', `${call} was answered with nothing: check AWS_ENDPOINT_URL.`, { call })
}

type AskingClient = <T>(call: string, send: (client: CloudWatchClient) => Promise<T>, amounts?: Usage) => Promise<T>

/**
 * CloudWatch speaks JSON, and XML as it did before; other implementations may know only the older one. The first call
 * that is not understood in JSON is asked in XML too, and what understands it is kept. Where neither does, the fault of
 * the first is thrown, and later calls are asked in JSON only.
 */
function inEitherProtocol(settings: ClientSettings, asking: Asking): AskingClient {
  const { requestHandler } = settings
  const patient = { ...requestHandler, requestTimeout: requestHandler.requestTimeout * PATIENCE }
  const connect = (protocol: typeof PackedMetricsProtocol | typeof AwsQueryProtocol) => {
    const client = new CloudWatchClient({ ...settings, requestHandler: patient, protocol })
    // It copies whole requests and answers for a logger that there is not.
    client.middlewareStack.remove('loggerMiddleware')
    return waitOnce(nameEndpoint(client))
  }
  const json = connect(PackedMetricsProtocol)
  let kept: CloudWatchClient | undefined
  return async (call, send, amounts) => {
    if (kept !== undefined) {
      const client = kept
      return asking(call, () => send(client), amounts)
    }
    try {
      const answer = await asking(call, () => send(json), amounts)
      kept = json
      return answer
    } catch (fault) {
      if (!isUnsupported(fault) || kept !== undefined) throw fault
      kept = json
      const xml = connect(AwsQueryProtocol)
      try {
        const answer = await asking(call, () => send(xml), amounts)
        kept = xml
        return answer
      } catch (other) {
        if (isUnsupported(other)) throw fault
        kept = xml
        throw other
      }
    }
  }
}

function isUnsupported(fault: unknown): boolean {
  return fault instanceof TrimtabError && fault.code === 'unsupported'
}
