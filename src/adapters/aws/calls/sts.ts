import {
  AssumeRoleCommand,
  type AssumeRoleCommandInput,
  GetCallerIdentityCommand,
  STSClient,
} from '@aws-sdk/client-sts'
import type { Asking, ClientSettings } from '../client-settings.js'
import { nameEndpoint } from '../name-endpoint.js'

/** The STS calls that Trimtab makes. */
export function connectSts(settings: ClientSettings, asking: Asking) {
  const client = nameEndpoint(new STSClient(settings))
  return {
    assumeRole: (input: AssumeRoleCommandInput) =>
      asking('sts:AssumeRole', () => client.send(new AssumeRoleCommand(input))),
    getCallerIdentity: () => asking('sts:GetCallerIdentity', () => client.send(new GetCallerIdentityCommand({}))),
  }
}
