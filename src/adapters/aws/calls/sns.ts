import { PublishCommand, type PublishCommandInput, SNSClient } from '@aws-sdk/client-sns'
import type { Asking, ClientSettings } from '../client-settings.js'
import { nameEndpoint } from '../name-endpoint.js'

/** The SNS calls that Trimtab makes. */
export function connectSns(settings: ClientSettings, asking: Asking) {
  const client = nameEndpoint(new SNSClient(settings))
  return {
    publish: (input: PublishCommandInput) => asking('sns:Publish', () => client.send(new PublishCommand(input))),
  }
}
