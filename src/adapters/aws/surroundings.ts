import type { connectLogs } from './calls/logs.js'
import type { connectSecretsManager } from './calls/secrets-manager.js'
import type { connectSqs } from './calls/sqs.js'
import { type ConnectionOptions, connecting } from './connection.js'

/** The services around a Lambda function, which a pass elsewhere does without. */
export interface Surroundings {
  logs(region: string): Promise<ReturnType<typeof connectLogs>>
  secretsManager(region: string): Promise<ReturnType<typeof connectSecretsManager>>
  sqs(region: string): Promise<ReturnType<typeof connectSqs>>
}

/** Each is connected to when it is first used. They answer fast or not at all: a function's time is short. */
export function createSurroundings(options: Pick<ConnectionOptions, 'endpoint' | 'credentials'>): Surroundings {
  const brisk = {
    ...options,
    retryMode: 'standard',
    maxAttempts: 3,
    connectionTimeoutMs: 1_000,
    requestTimeoutMs: 3_000,
  } as const
  return {
    logs: connecting(brisk, async () => (await import('./calls/logs.js')).connectLogs),
    secretsManager: connecting(brisk, async () => (await import('./calls/secrets-manager.js')).connectSecretsManager),
    sqs: connecting(brisk, async () => (await import('./calls/sqs.js')).connectSqs),
  }
}
