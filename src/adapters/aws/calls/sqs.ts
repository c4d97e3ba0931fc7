import { SendMessageCommand, type SendMessageCommandInput, SQSClient } from '@aws-sdk/client-sqs'
import type { Asking, ClientSettings } from '../client-settings.js'
import { nameEndpoint } from '../name-endpoint.js'

/** The SQS calls that the functions make; the worker's batches are brought by Lambda itself. */
export function connectSqs(settings: ClientSettings, asking: Asking) {
  const client = nameEndpoint(new SQSClient(settings))
  return {
    sendMessage: (input: SendMessageCommandInput) =>
      asking('sqs:SendMessage', () => client.send(new SendMessageCommand(input))),
  }
}
