import type { Credential } from './authenticate.js'
import { AwsError } from './aws-error.js'
import type { Operations } from './operation.js'

const SESSION_HOURS = 1

/**
 * STS for a stand-in with these credentials: GetCallerIdentity says the key's account, AssumeRole into a role of another
 * account gives that account's first key (AccessDenied where there is none). `now` is the wall clock, by which SDKs judge
 * the session's end, never a virtual one.
 */
export function identityOperations(credentials: readonly Credential[], now: () => Date = () => new Date()): Operations {
  return {
    'sts:GetCallerIdentity': (_input, caller) => ({
      Account: caller.account,
      UserId: caller.accessKeyId,
      Arn: `arn:aws:iam::${caller.account}:user/trimtab`,
    }),
    'sts:AssumeRole': (input) => {
      const roleArn = String(input.RoleArn)
      const [, account = '', role = ''] = /^arn:aws:iam::(\d{12}):role\/([\w+=,.@/-]+)$/.exec(roleArn) ?? []
      const credential = credentials.find((candidate) => candidate.account === account)
      if (credential === undefined) {
        throw new AwsError('AccessDenied', `not authorized to perform: sts:AssumeRole on resource: ${roleArn}`, 403)
      }
      const session = String(input.RoleSessionName)
      return {
        Credentials: {
          AccessKeyId: credential.accessKeyId,
          SecretAccessKey: credential.secretAccessKey,
          SessionToken: `session-of-${account}`,
          Expiration: new Date(now().getTime() + SESSION_HOURS * 3_600_000),
        },
        AssumedRoleUser: {
          AssumedRoleId: `${credential.accessKeyId}:${session}`,
          Arn: `arn:aws:sts::${account}:assumed-role/${role}/${session}`,
        },
      }
    },
  }
}
