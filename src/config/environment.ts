import type { z } from 'zod'
import { TrimtabError } from '../core/model/errors.js'
import { orList } from './config-fault.js'
import type { DeploymentDefaults } from './policy-for.js'
import { type Secret, secretOf } from './secret.js'
import { environmentVariables, type MemberAccount, type Variables } from './variables.js'

/** How Trimtab authenticates to GitHub. An App's key is given as text or as a file that the composition root reads. */
export type GitHubAccess =
  | {
      readonly kind: 'app'
      readonly appId: string
      readonly privateKey:
        | { readonly kind: 'key'; readonly key: Secret }
        | { readonly kind: 'file'; readonly path: string }
      readonly webhookSecret: Secret | undefined
    }
  | { readonly kind: 'token'; readonly token: Secret }
  | { readonly kind: 'none' }

/** What the process environment says, checked and typed. Undefined means not set; empty variables count as not set. */
export interface Environment {
  readonly regions: readonly string[]
  /** Accounts beside the process's own. */
  readonly accounts: readonly MemberAccount[]
  readonly awsEndpointUrl: string | undefined
  readonly github: GitHubAccess
  readonly githubApiUrl: string
  /** Repositories a token works on, `owner/name`; empty for an App, which knows its own. */
  readonly repositories: readonly string[]
  readonly homeRepository: string | undefined
  readonly application: string
  /** DynamoDB table; undefined: `tableNameOf(application, environment)`. */
  readonly table: string | undefined
  /** The tags that a managed group must carry; empty takes every group. */
  readonly groupTags: Readonly<Record<string, string>>
  /** What only the Lambda functions read: whom they serve, and the stack's own resources. */
  readonly functions: {
    /** Where the stack is, wherever the groups are. */
    readonly region: string | undefined
    readonly environmentName: string | undefined
    readonly groupNames: readonly string[] | undefined
    /** ARN or name of the secret of the GitHub App. */
    readonly secret: string | undefined
    readonly webhookQueue: string | undefined
    readonly logGroup: string | undefined
  }
  readonly topics: {
    readonly optimizationRecommendation: string | undefined
    readonly performanceAlert: string | undefined
    readonly costAlert: string | undefined
  }
  /** A virtual clock; only the composition root reads it. */
  readonly clockUrl: string | undefined
  readonly logLevel: Variables['LOG_LEVEL']
  readonly deployment: DeploymentDefaults
}

/**
 * The only reader of the process environment; the composition root passes `process.env`. Throws one `configuration`
 * error that lists every bad variable. Values of secrets are never quoted.
 */
export function readEnvironment(env: Readonly<Record<string, string | undefined>>): Environment {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()))
  const parsed = environmentVariables.safeParse(given)
  if (!parsed.success) throw badVariables(parsed.error, given)
  const variables = parsed.data
  const region = variables.AWS_REGION ?? variables.AWS_DEFAULT_REGION
  return {
    regions: variables.TRIMTAB_REGIONS ?? (region === undefined ? [] : [region]),
    accounts: variables.TRIMTAB_ACCOUNTS ?? [],
    awsEndpointUrl: variables.AWS_ENDPOINT_URL,
    github: githubAccess(variables),
    githubApiUrl: variables.GITHUB_API_URL,
    repositories: variables.TRIMTAB_REPOSITORY ?? [],
    homeRepository: variables.TRIMTAB_HOME_REPOSITORY,
    application: variables.TRIMTAB_APPLICATION,
    table: variables.TRIMTAB_TABLE,
    groupTags: variables.TRIMTAB_GROUP_TAGS ?? {},
    functions: {
      region,
      environmentName: variables.TRIMTAB_ENVIRONMENT,
      groupNames: variables.TRIMTAB_GROUP_NAMES,
      secret: variables.TRIMTAB_SECRET,
      webhookQueue: variables.TRIMTAB_WEBHOOK_QUEUE,
      logGroup: variables.TRIMTAB_LOG_GROUP,
    },
    topics: {
      optimizationRecommendation: variables.TRIMTAB_TOPIC_RECOMMENDATION,
      performanceAlert: variables.TRIMTAB_TOPIC_PERFORMANCE,
      costAlert: variables.TRIMTAB_TOPIC_COST,
    },
    clockUrl: variables.TRIMTAB_CLOCK_URL,
    logLevel: variables.LOG_LEVEL,
    deployment: deploymentOf(variables),
  }
}

/**
 * The recommendations table of an application and environment (S50).
 * @example tableNameOf('macro-ai', 'production') // 'macro-ai-production-optimization-recommendations'
 */
export function tableNameOf(application: string, environment: string): string {
  return `${application}-${environment}-optimization-recommendations`
}

function deploymentOf(variables: Variables): DeploymentDefaults {
  return {
    modeCeiling: variables.TRIMTAB_MODE,
    enableAutoScalingOptimization: variables.TRIMTAB_ENABLE_AUTO_SCALING,
    enableCostOptimization: variables.TRIMTAB_ENABLE_COST,
    enablePerformanceMonitoring: variables.TRIMTAB_ENABLE_MONITORING,
    environments: variables.TRIMTAB_ENVIRONMENTS ?? {},
    killSwitch: variables.TRIMTAB_KILL_SWITCH ?? false,
    publishNamespace: variables.TRIMTAB_PUBLISH_NAMESPACE,
  }
}

/** An App where APP_ID is set, else the token, else nothing. Half an App is a fault, not a fallback. */
function githubAccess(variables: Variables): GitHubAccess {
  const { APP_ID, PRIVATE_KEY, PRIVATE_KEY_PATH, WEBHOOK_SECRET, GITHUB_TOKEN } = variables
  const webhookSecret = WEBHOOK_SECRET === undefined ? undefined : secretOf(WEBHOOK_SECRET)
  if (APP_ID !== undefined) {
    if (PRIVATE_KEY !== undefined)
      return {
        kind: 'app',
        appId: APP_ID,
        privateKey: { kind: 'key', key: secretOf(pemOf(PRIVATE_KEY)) },
        webhookSecret,
      }
    if (PRIVATE_KEY_PATH !== undefined)
      return { kind: 'app', appId: APP_ID, privateKey: { kind: 'file', path: PRIVATE_KEY_PATH }, webhookSecret }
    throw new TrimtabError(
      'configuration',
      'reading the environment: APP_ID is set without a key. Set PRIVATE_KEY or PRIVATE_KEY_PATH, or unset APP_ID.',
    )
  }
  return GITHUB_TOKEN === undefined ? { kind: 'none' } : { kind: 'token', token: secretOf(GITHUB_TOKEN) }
}

/** A PEM key as Probot takes it: as it stands, with `\n` for line ends, or in base64. */
function pemOf(text: string): string {
  const unfolded = text.replaceAll('\\n', '\n')
  return unfolded.includes('-----BEGIN') ? unfolded : Buffer.from(text, 'base64').toString('utf8')
}

const secretNames: readonly string[] = ['PRIVATE_KEY', 'WEBHOOK_SECRET', 'GITHUB_TOKEN']

function badVariables(error: z.ZodError, given: Readonly<Record<string, string | undefined>>): TrimtabError {
  const lines = error.issues.map((issue) => {
    const name = String(issue.path[0])
    const got = secretNames.includes(name) ? '[secret]' : JSON.stringify(given[name]?.slice(0, 80))
    const keys = issue.path.slice(1).filter((part) => typeof part === 'string')
    const inside = keys.length > 0 ? ` at ${keys.join('.')}` : ''
    return `${name}: expected ${expectedBy(issue)}${inside}, got ${got}`
  })
  return new TrimtabError('configuration', `reading the environment: ${lines.join('; ')}`)
}

/** What zod would have taken; our own checks say it in their message already. */
function expectedBy(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_value') return orList(issue.values.map(String))
  if (issue.code === 'unrecognized_keys') return `no key ${issue.keys.join(', ')}`
  if (issue.code === 'invalid_type') return issue.expected
  if (issue.code === 'custom' || issue.code === 'invalid_format') return issue.message
  return issue.message.slice(0, 1).toLowerCase() + issue.message.slice(1)
}
