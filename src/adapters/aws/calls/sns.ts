import { PublishCommand, type PublishCommandInput, SNSClient } from '@aws-sdk/client-sns'
import type { Asking, ClientSettings } from '../clients.js'

/** The SNS calls that Trimtab makes. */
export function connectSns(settings: ClientSettings, asking: Asking) {
  const client = new SNSClient(settings)
  return {
    publish: (input: PublishCommandInput) => asking('sns:Publish', () => client.send(new PublishCommand(input))),
  }
}
