import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  type DescribeAlarmsCommandInput,
  GetMetricDataCommand,
  type GetMetricDataCommandInput,
  PutMetricDataCommand,
  type PutMetricDataCommandInput,
} from '@aws-sdk/client-cloudwatch'
import type { Asking, ClientSettings } from '../clients.js'
import { nameEndpoint } from '../name-endpoint.js'

/** The CloudWatch calls that Trimtab makes. */
export function connectCloudWatch(settings: ClientSettings, asking: Asking) {
  const client = nameEndpoint(new CloudWatchClient(settings))
  return {
    describeAlarms: (input: DescribeAlarmsCommandInput) =>
      asking('cloudwatch:DescribeAlarms', () => client.send(new DescribeAlarmsCommand(input))),
    getMetricData: (input: GetMetricDataCommandInput) =>
      asking('cloudwatch:GetMetricData', () => client.send(new GetMetricDataCommand(input))),
    putMetricData: (input: PutMetricDataCommandInput) =>
      asking('cloudwatch:PutMetricData', () => client.send(new PutMetricDataCommand(input))),
  }
}
