import {
  CloudWatchLogsClient,
  CreateLogStreamCommand,
  type CreateLogStreamCommandInput,
  PutLogEventsCommand,
  type PutLogEventsCommandInput,
} from '@aws-sdk/client-cloudwatch-logs'
import type { Asking, ClientSettings } from '../client-settings.js'
import { nameEndpoint } from '../name-endpoint.js'

/** The CloudWatch Logs calls that the functions make. */
export function connectLogs(settings: ClientSettings, asking: Asking) {
  const client = nameEndpoint(new CloudWatchLogsClient(settings))
  return {
    createLogStream: (input: CreateLogStreamCommandInput) =>
      asking('logs:CreateLogStream', () => client.send(new CreateLogStreamCommand(input))),
    putLogEvents: (input: PutLogEventsCommandInput) =>
      asking('logs:PutLogEvents', () => client.send(new PutLogEventsCommand(input))),
  }
}
