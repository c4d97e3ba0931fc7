import { afterEach } from '@jest/globals'
import { type AwsClients, createAwsClients } from '../../../src/adapters/aws/clients.js'
import { createFaults, type FaultRule } from '../../../src/sandbox/aws/faults.js'
import type { Operations } from '../../../src/sandbox/aws/operation.js'
import { type AwsServer, startAwsServer } from '../../../src/sandbox/aws/server.js'

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'

const servers: AwsServer[] = []

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

export const account = '123456789012'
export const region = 'us-east-1'

export interface StandIn {
  readonly clients: AwsClients
  readonly server: AwsServer
  readonly endpoint: string
}

/** A stand-in behind real HTTP that answers with the given operations, and clients that ask it once, without retries. */
export async function standIn(
  operations: Operations,
  faults: readonly FaultRule[] = [],
  maxAttempts = 1,
): Promise<StandIn> {
  const identity = {
    'sts:GetCallerIdentity': () => ({ Account: account, UserId: 'u', Arn: `arn:aws:iam::${account}:root` }),
  }
  const server = await startAwsServer({ operations: { ...identity, ...operations }, faults: createFaults(faults) })
  servers.push(server)
  return { clients: clientsAt(server.url, maxAttempts), server, endpoint: server.url }
}

export function clientsAt(endpoint: string, maxAttempts = 1): AwsClients {
  const credentials = { accessKeyId: 'AKIATRIMTABTEST00000', secretAccessKey: 'test' }
  return createAwsClients({
    region,
    endpoint,
    credentials,
    maxAttempts,
    retryMode: 'standard',
    connectionTimeoutMs: 500,
    requestTimeoutMs: 2_000,
  })
}
