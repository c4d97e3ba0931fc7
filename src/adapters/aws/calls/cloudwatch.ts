import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  type DescribeAlarmsCommandInput,
  GetMetricDataCommand,
  type GetMetricDataCommandInput,
  PutMetricDataCommand,
  type PutMetricDataCommandInput,
} from '@aws-sdk/client-cloudwatch'
import type { Asking, ClientSettings } from '../client-settings.js'
import { nameEndpoint } from '../name-endpoint.js'

/** An answer of 100,800 points takes its time, most of all in other implementations. */
const PATIENCE = 4

/** The CloudWatch calls that Trimtab makes. */
export function connectCloudWatch(settings: ClientSettings, asking: Asking) {
  const { requestHandler } = settings
  const patient = { ...requestHandler, requestTimeout: requestHandler.requestTimeout * PATIENCE }
  const client = nameEndpoint(new CloudWatchClient({ ...settings, requestHandler: patient }))
  return {
    describeAlarms: (input: DescribeAlarmsCommandInput) =>
      asking('cloudwatch:DescribeAlarms', () => client.send(new DescribeAlarmsCommand(input))),
    getMetricData: (input: GetMetricDataCommandInput) =>
      asking('cloudwatch:GetMetricData', () => client.send(new GetMetricDataCommand(input))),
    putMetricData: (input: PutMetricDataCommandInput) =>
      asking('cloudwatch:PutMetricData', () => client.send(new PutMetricDataCommand(input))),
  }
}
