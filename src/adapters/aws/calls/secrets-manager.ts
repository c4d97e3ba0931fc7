import {
  GetSecretValueCommand,
  type GetSecretValueCommandInput,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager'
import type { Asking, ClientSettings } from '../client-settings.js'
import { nameEndpoint } from '../name-endpoint.js'

/** The Secrets Manager calls that the functions make. */
export function connectSecretsManager(settings: ClientSettings, asking: Asking) {
  const client = nameEndpoint(new SecretsManagerClient(settings))
  return {
    getSecretValue: (input: GetSecretValueCommandInput) =>
      asking('secretsmanager:GetSecretValue', () => client.send(new GetSecretValueCommand(input))),
  }
}
