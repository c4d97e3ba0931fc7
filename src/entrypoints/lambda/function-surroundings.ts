import type { SurroundingsOptions } from '../../adapters/aws/connection.js'
import type { Environment } from '../../config/environment.js'
import { credentialsOf, type EnvironmentVariables } from '../environment-credentials.js'

/** How a function reaches the services around it: with its own keys, where the environment points. */
export function functionSurroundings(
  { awsEndpointUrl: endpoint }: Pick<Environment, 'awsEndpointUrl'>,
  variables: EnvironmentVariables,
): SurroundingsOptions {
  const credentials = credentialsOf(variables)
  return { ...(endpoint !== undefined && { endpoint }), ...(credentials && { credentials }) }
}
