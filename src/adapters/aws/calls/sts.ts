import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import type { Asking, ClientSettings } from '../clients.js'

/** The STS calls that Trimtab makes. */
export function connectSts(settings: ClientSettings, asking: Asking) {
  const client = new STSClient(settings)
  return {
    getCallerIdentity: () => asking('sts:GetCallerIdentity', () => client.send(new GetCallerIdentityCommand({}))),
  }
}
