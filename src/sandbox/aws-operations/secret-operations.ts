import { AwsError } from '../aws/aws-error.js'
import type { Caller, Operations } from '../aws/operation.js'
import { uuidAt } from '../world/identifiers.js'
import type { World } from '../world/world.js'
import { type Members, textOf } from './read-members.js'

interface StoredSecret {
  readonly arn: string
  readonly name: string
  text: string
}

/** Secrets Manager: secrets of text, found by name or ARN. */
export function secretOperations(world: World): Operations {
  const secrets = new Map<string, StoredSecret>()
  const secretOf = (input: Members, caller: Caller): StoredSecret => {
    const id = textOf(input, 'SecretId') ?? ''
    const secret = secrets.get(id.startsWith('arn:') ? id : arnOf(id, caller))
    if (secret) return secret
    throw new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.")
  }
  const described = ({ arn, name }: StoredSecret) => ({ ARN: arn, Name: name, VersionId: uuidAt(world.seed, 61, 1) })
  return {
    'secretsmanager:CreateSecret': (input, caller) => {
      const name = textOf(input, 'Name') ?? ''
      const secret = { arn: arnOf(name, caller), name, text: textOf(input, 'SecretString') ?? '' }
      if (secrets.has(secret.arn))
        throw new AwsError('ResourceExistsException', `The operation failed because the secret ${name} already exists.`)
      secrets.set(secret.arn, secret)
      return described(secret)
    },
    'secretsmanager:PutSecretValue': (input, caller) => {
      const secret = secretOf(input, caller)
      secret.text = textOf(input, 'SecretString') ?? ''
      return described(secret)
    },
    'secretsmanager:GetSecretValue': (input, caller) => {
      const secret = secretOf(input, caller)
      return { ...described(secret), SecretString: secret.text, VersionStages: ['AWSCURRENT'] }
    },
  }
}

/** AWS adds six letters of its own to the name. */
function arnOf(name: string, { account, region }: Caller): string {
  return `arn:aws:secretsmanager:${region}:${account}:secret:${name}-sAnDbX`
}
