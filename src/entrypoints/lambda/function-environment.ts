import { type GitHubSecret, readGitHubSecret, type Secrets } from '../../adapters/aws/github-secret.js'
import { type Environment, readEnvironment } from '../../config/environment.js'
import { TrimtabError } from '../../core/model/errors.js'
import type { EnvironmentVariables } from '../environment-credentials.js'

/** The environment of a function with the GitHub App of its secret in it, if there is one. */
export interface FunctionEnvironment {
  readonly environment: Environment
  /** False while the App's number or key is missing: then nothing is kept, and the next invocation looks again. */
  readonly complete: boolean
}

/**
 * Reads the secret that the variables name and composes the environment. A secret in which the App is only half there,
 * as after the first deployment, gives no App: advice is recorded then, and no page written.
 */
export async function readFunctionEnvironment(
  variables: EnvironmentVariables,
  secrets: Secrets,
): Promise<FunctionEnvironment> {
  const own = readEnvironment(variables)
  const { secret: secretId } = own.functions
  if (secretId === undefined) return { environment: own, complete: true }
  const secret = await readGitHubSecret(secrets, { secretId, region: regionOf(own) })
  const complete = secret.APP_ID !== undefined && secret.PRIVATE_KEY !== undefined
  return { environment: readEnvironment({ ...variables, ...given(secret, complete) }), complete }
}

/** The region of the function itself. Throws `configuration` where it is not known, which Lambda never lets happen. */
export function regionOf({ functions }: Pick<Environment, 'functions'>): string {
  if (functions.region !== undefined) return functions.region
  throw new TrimtabError('configuration', 'reading the environment: expected AWS_REGION, which Lambda sets, got none')
}

/** The variables that the secret stands for; half an App is none. */
function given(secret: GitHubSecret, complete: boolean): EnvironmentVariables {
  return complete ? secret : { APP_ID: undefined, PRIVATE_KEY: undefined, WEBHOOK_SECRET: secret.WEBHOOK_SECRET }
}
