import { type AwsClientOptions, type AwsClients, createAwsClients } from '../adapters/aws/clients.js'
import type { Environment } from '../config/environment.js'
import { TrimtabError } from '../core/model/errors.js'
import type { Meter } from '../ports/usage.js'
import { credentialsOf, type EnvironmentVariables } from './environment-credentials.js'

// The SDK's notice about Node 20 is for its developers; a command line's standard error is for its user.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'

/** What a command adds to the environment. */
export interface AwsOptions {
  readonly profile?: string | undefined
  /** Where credentials are read from instead of the process's own environment and profile. */
  readonly environmentVariables?: EnvironmentVariables | undefined
  /** Where the table and our own metrics are; default the first of the groups' regions. */
  readonly homeRegion?: string | undefined
  /** Counts every call to AWS. */
  readonly meter?: Meter | undefined
}

/** The account that the environment points at. */
export interface AwsAccess {
  readonly clients: AwsClients
  /** The regions whose groups are managed. */
  readonly regions: readonly [string, ...string[]]
  /** What a client of another service is made with, for the same account; the region serves calls that belong to none. */
  readonly settings: Pick<AwsClientOptions, 'region' | 'endpoint' | 'credentials'>
  readonly meter: Meter | undefined
}

/**
 * AWS as the standard environment gives it: credentials from the SDK's own chain, regions from the environment or the
 * profile. Throws `usage` where no region is known.
 */
export async function wireAws(
  environment: Pick<Environment, 'regions' | 'awsEndpointUrl'>,
  { profile, environmentVariables, homeRegion, meter }: AwsOptions = {},
): Promise<AwsAccess> {
  if (profile !== undefined) process.env.AWS_PROFILE = profile
  if (environmentVariables === undefined) await refuseUnknownProfile()
  const [configured, ...rest] = environment.regions
  const first = configured ?? (await profileRegion())
  if (first === undefined) {
    throw new TrimtabError(
      'usage',
      'no region is known: give --region (such as us-east-1), or set AWS_REGION or TRIMTAB_REGIONS',
    )
  }
  const credentials = credentialsOf(environmentVariables)
  const endpoint = environment.awsEndpointUrl
  const region = homeRegion ?? first
  const settings = { region, ...(endpoint !== undefined && { endpoint }), ...(credentials && { credentials }) }
  return { clients: createAwsClients({ ...settings, meter }), regions: [first, ...rest], settings, meter }
}

/** Throws `usage` where the profile stands in neither file: the SDK would ask every other source, and then blame them all. */
async function refuseUnknownProfile(): Promise<void> {
  const profile = process.env.AWS_PROFILE
  if (profile === undefined || profile === '') return
  const { loadSharedConfigFiles } = await import('@smithy/core/config')
  const { configFile, credentialsFile } = await loadSharedConfigFiles({ ignoreCache: true })
  const names = [...new Set([...Object.keys(configFile), ...Object.keys(credentialsFile)])].filter(
    (name) => !/^(sso-session|services)\./.test(name),
  )
  if (names.includes(profile)) return
  const found = names.length === 0 ? 'there are no profiles at all' : `found ${names.sort().join(', ')}`
  throw new TrimtabError('usage', `There is no profile ${profile} in ~/.aws/config or ~/.aws/credentials; ${found}.`)
}

/** The region that the profile in ~/.aws/config names; undefined where there is none. */
async function profileRegion(): Promise<string | undefined> {
  const { STSClient } = await import('@aws-sdk/client-sts')
  try {
    return await new STSClient({}).config.region()
  } catch {
    return undefined
  }
}
