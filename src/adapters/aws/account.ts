import { TrimtabError } from '../../core/model/errors.js'
import { expected } from './answers.js'
import type { AwsClients } from './clients.js'

const asked = new WeakMap<AwsClients, Promise<string>>()

/**
 * The account that the credentials belong to, asked once per clients. Where STS does not answer, the account in a group's
 * ARN is as good; without either the STS fault is thrown.
 */
export async function readAccount(clients: AwsClients, fromArn?: string): Promise<string> {
  const identity = asked.get(clients) ?? askAccount(clients)
  asked.set(clients, identity)
  try {
    return await identity
  } catch (error) {
    if (fromArn !== undefined && error instanceof TrimtabError) return fromArn
    throw error
  }
}

async function askAccount(clients: AwsClients): Promise<string> {
  const sts = await clients.sts(clients.region)
  const identity = await sts.getCallerIdentity()
  return expected('sts:GetCallerIdentity', 'Account', identity.Account)
}
