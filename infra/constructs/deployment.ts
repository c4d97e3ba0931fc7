import { RemovalPolicy } from 'aws-cdk-lib'
import { RetentionDays } from 'aws-cdk-lib/aws-logs'
import { environmentNameOf } from '../../src/config/environment-of.js'
import { environmentVariables } from '../../src/config/variables.js'

/** The functions of a deployment: the ends of their names and the folders of their bundles. */
export const functionNames = [
  'performance-analyzer',
  'optimization-engine',
  'cost-optimizer',
  'webhook',
  'worker',
] as const
export type FunctionName = (typeof functionNames)[number]

/** What every part of one deployment shares: the names that outside tools rely on, and what outlives what. */
export interface Deployment {
  readonly application: string
  /** As the user wrote it: part of all names. */
  readonly environmentName: string
  /** The name under which metrics and settings know it: `prod` is production. */
  readonly environment: string
  /** CloudWatch namespace of our own metrics. */
  readonly namespace: string
  readonly logRetention: RetentionDays
  /** Of what holds decisions; everything else goes with the stack. */
  readonly tableRemoval: RemovalPolicy
  readonly isProduction: boolean
}

const logRetentions: Readonly<Record<string, RetentionDays>> = {
  production: RetentionDays.THREE_MONTHS,
  staging: RetentionDays.ONE_MONTH,
}

/** Lambda's limit; the longest of our names ends in -performance-analyzer. */
const maxNameLength = 64

/** Throws when a name does not fit AWS's limits: synthesis is the last moment at which that is cheap. */
export function deploymentOf(application: string, environmentName: string, namespace: string): Deployment {
  if (!environmentVariables.shape.TRIMTAB_APPLICATION.safeParse(application).success)
    throw new Error(`applicationName: expected small letters, digits and -, got "${application}"`)
  if (!/^[A-Za-z0-9][A-Za-z0-9-]*$/.test(environmentName))
    throw new Error(`environmentName: expected letters, digits and -, got "${environmentName}"`)
  const longest = `${application}-${environmentName}-performance-analyzer`
  if (longest.length > maxNameLength)
    throw new Error(
      `applicationName and environmentName: expected ${longest} to have at most ${maxNameLength} characters, got ${longest.length}: choose shorter names`,
    )
  const environment = environmentNameOf(environmentName)
  const isProduction = environment === 'production'
  return {
    application,
    environmentName,
    environment,
    namespace,
    logRetention: logRetentions[environment] ?? RetentionDays.TWO_WEEKS,
    tableRemoval: isProduction ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    isProduction,
  }
}

/**
 * The name of a part: `<application>-<environment>-<what>`.
 * @example nameOf({ application: 'macro-ai', environmentName: 'production' }, 'webhook') // 'macro-ai-production-webhook'
 */
export function nameOf(
  { application, environmentName }: Pick<Deployment, 'application' | 'environmentName'>,
  what: string,
): string {
  return `${application}-${environmentName}-${what}`
}
