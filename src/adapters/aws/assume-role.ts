import { expected } from './answers.js'
import type { AwsCredentials } from './client-settings.js'
import type { AwsClients } from './clients.js'

export interface RoleToAssume {
  readonly roleArn: string
  /** What the role's trust policy asks for, so that nobody else's deployment can use it. */
  readonly externalId?: string | undefined
}

/**
 * Credentials of a role in another account, for an hour each time; the SDK asks again before they end. Throws
 * `permission` where the trust policy does not name this deployment.
 */
export function assumedRole(clients: AwsClients, { roleArn, externalId }: RoleToAssume): () => Promise<AwsCredentials> {
  return async () => {
    const sts = await clients.sts(clients.region)
    const call = 'sts:AssumeRole'
    const answer = await sts.assumeRole({
      RoleArn: roleArn,
      RoleSessionName: 'trimtab',
      ...(externalId !== undefined && { ExternalId: externalId }),
    })
    const given = expected(call, 'Credentials', answer.Credentials)
    return {
      accessKeyId: expected(call, 'AccessKeyId', given.AccessKeyId),
      secretAccessKey: expected(call, 'SecretAccessKey', given.SecretAccessKey),
      sessionToken: expected(call, 'SessionToken', given.SessionToken),
      expiration: expected(call, 'Expiration', given.Expiration),
    }
  }
}
