import { createSurroundings, type Surroundings } from '../../adapters/aws/surroundings.js'
import type { Environment } from '../../config/environment.js'
import { credentialsOf, type EnvironmentVariables } from '../environment-credentials.js'

/** Secrets, queue and logs of the account that a function runs in. */
export function functionSurroundings(
  { awsEndpointUrl: endpoint }: Pick<Environment, 'awsEndpointUrl'>,
  variables: EnvironmentVariables,
): Surroundings {
  const credentials = credentialsOf(variables)
  return createSurroundings({ ...(endpoint !== undefined && { endpoint }), ...(credentials && { credentials }) })
}
