import type { AwsCredentials } from '../adapters/aws/client-settings.js'

export type EnvironmentVariables = Readonly<Record<string, string | undefined>>

/** Keys that stand in the environment, as they do in a Lambda function; undefined where they do not. */
export function credentialsOf(variables: EnvironmentVariables | undefined): AwsCredentials | undefined {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = variables ?? {}
  if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) return undefined
  return {
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    ...(AWS_SESSION_TOKEN && { sessionToken: AWS_SESSION_TOKEN }),
  }
}
