import { z } from 'zod'
import { environmentSettings, mode } from './environment-settings.js'

const flag = z
  .string()
  .transform((text) => text.trim().toLowerCase())
  .pipe(z.enum(['true', 'false', '1', '0', 'on', 'off', 'yes', 'no'], 'true or false'))
  .transform((text) => ['true', '1', 'on', 'yes'].includes(text))

const url = z.url({ protocol: /^https?$/, error: 'an http or https address' })
const region = z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'a region such as us-east-1')
const repository = z.string().regex(/^[A-Za-z0-9-]{1,39}\/[A-Za-z0-9._-]{1,100}$/, 'a repository as owner/name')
const topic = z.string().regex(/^arn:[\w-]+:sns:[a-z0-9-]+:\d{12}:[\w.-]+$/, 'the ARN of an SNS topic')
const list = z.string().transform((text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== ''),
)

const tagPairs = list.transform((pairs, context) => {
  const tags: Record<string, string> = {}
  for (const pair of pairs) {
    const at = pair.indexOf('=')
    if (at > 0) tags[pair.slice(0, at).trim()] = pair.slice(at + 1).trim()
    else context.addIssue({ code: 'custom', message: 'tags as key=value,key=value' })
  }
  return tags
})

const roleArn = z.string().regex(/^arn:[\w-]+:iam::\d{12}:role\/[\w+=,.@/-]+$/, 'the ARN of an IAM role')

/** A member account: the role that reads its groups and, apart from it, the one that may add capacity. */
const memberAccount = z.strictObject({
  account: z.string().regex(/^\d{12}$/, 'an account number of twelve digits'),
  regions: z.array(region).min(1),
  roleArn,
  applyRoleArn: roleArn.optional(),
  externalId: z.string().min(2).optional(),
})

const json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    context.addIssue({ code: 'custom', message: 'JSON' })
    return z.NEVER
  }
})

/** Every variable that Trimtab reads, with the sentence that the reference page prints. */
export const environmentVariables = z.object({
  AWS_REGION: region.optional().meta({ description: 'Region of the groups, unless TRIMTAB_REGIONS is set.' }),
  AWS_DEFAULT_REGION: region.optional().meta({ description: 'Used where AWS_REGION is not set.' }),
  AWS_ENDPOINT_URL: url
    .optional()
    .meta({ description: 'Another endpoint for every AWS client; the SDK reads it too.' }),
  APP_ID: z
    .string()
    .regex(/^\d+$/, 'the number of a GitHub App')
    .optional()
    .meta({ description: 'Number of the GitHub App; needs PRIVATE_KEY or PRIVATE_KEY_PATH.' }),
  PRIVATE_KEY: z
    .string()
    .optional()
    .meta({ description: 'Private key of the App: PEM, with \\n for line ends, or base64.' }),
  PRIVATE_KEY_PATH: z.string().optional().meta({ description: 'File that holds the private key of the App.' }),
  WEBHOOK_SECRET: z.string().optional().meta({ description: 'Secret with which GitHub signs deliveries.' }),
  GITHUB_TOKEN: z
    .string()
    .optional()
    .meta({ description: 'A token, where there is no App; needs TRIMTAB_REPOSITORY.' }),
  GITHUB_API_URL: url.default('https://api.github.com').meta({ description: 'Address of the GitHub REST API.' }),
  TRIMTAB_REPOSITORY: list
    .pipe(z.array(repository))
    .optional()
    .meta({ description: 'Repositories that a token works on: owner/name, separated by commas.' }),
  TRIMTAB_HOME_REPOSITORY: repository
    .optional()
    .meta({ description: 'Repository of the weekly and dashboard issues, where there are several.' }),
  TRIMTAB_APPLICATION: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'a name of small letters, digits and -')
    .default('macro-ai')
    .meta({ description: 'Application name: part of the names of table, functions and the default group.' }),
  TRIMTAB_TABLE: z
    .string()
    .regex(/^[\w.-]{3,255}$/, 'the name of a DynamoDB table')
    .optional()
    .meta({
      description: 'Table of recommendations; unless set, <application>-<environment>-optimization-recommendations.',
    }),
  TRIMTAB_ENVIRONMENT: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,62}$/, 'the name of an environment')
    .optional()
    .meta({
      description:
        'Of the Lambda functions: the environment whose groups they serve; the command line has --environment.',
    }),
  TRIMTAB_REGIONS: list
    .pipe(z.array(region).min(1, 'at least one region'))
    .optional()
    .meta({ description: 'Regions of the groups, separated by commas.' }),
  TRIMTAB_GROUP_NAMES: list
    .pipe(z.array(z.string().max(255, 'names of Auto Scaling groups')).min(1))
    .optional()
    .meta({
      description: 'Of the Lambda functions: only these groups, separated by commas; the command line has --group.',
    }),
  TRIMTAB_GROUP_TAGS: tagPairs.optional().meta({
    description: 'Tags that a managed group must carry: key=value, separated by commas; unset takes every group.',
  }),
  TRIMTAB_ACCOUNTS: json.pipe(z.array(memberAccount)).optional().meta({
    description:
      'Member accounts as JSON: a list of account, regions, roleArn, applyRoleArn (without it nothing is applied there) and externalId.',
  }),
  TRIMTAB_MODE: mode
    .default('apply')
    .meta({ description: 'The boldest mode that any repository may choose: observe, propose or apply.' }),
  TRIMTAB_KILL_SWITCH: flag.optional().meta({ description: 'With true, nothing is proposed or applied anywhere.' }),
  TRIMTAB_ENABLE_AUTO_SCALING: flag
    .optional()
    .meta({ description: 'With false, no SCALE_UP advice and no live action; true lifts no shipped value.' }),
  TRIMTAB_ENABLE_COST: flag
    .optional()
    .meta({ description: 'With false, no cost advice; true lifts no shipped value.' }),
  TRIMTAB_ENABLE_MONITORING: flag
    .optional()
    .meta({ description: 'With false, no scores and metrics; true lifts no shipped value.' }),
  TRIMTAB_ENVIRONMENTS: json.pipe(z.record(z.string(), environmentSettings)).optional().meta({
    description: 'Settings by environment as JSON, in the form of the file: thresholds are defaults, limits ceilings.',
  }),
  TRIMTAB_PUBLISH_NAMESPACE: z
    .string()
    .regex(/^(?!AWS\/)[^:]{1,255}$/, 'a namespace that does not begin with AWS/')
    .optional()
    .meta({ description: 'CloudWatch namespace of the metrics of Trimtab, unless the file names one.' }),
  TRIMTAB_TOPIC_RECOMMENDATION: topic.optional().meta({ description: 'SNS topic that hears of recommendations.' }),
  TRIMTAB_TOPIC_PERFORMANCE: topic.optional().meta({ description: 'SNS topic that hears of degraded performance.' }),
  TRIMTAB_TOPIC_COST: topic.optional().meta({ description: 'SNS topic that hears of cost over budget.' }),
  TRIMTAB_SECRET: z
    .string()
    .regex(/^[\w/+=.@:-]{1,2048}$/, 'the ARN or name of a secret')
    .optional()
    .meta({
      description:
        'Of the Lambda functions: secret of Secrets Manager with APP_ID, PRIVATE_KEY and WEBHOOK_SECRET as JSON, which stand for the variables of these names.',
    }),
  TRIMTAB_WEBHOOK_QUEUE: url
    .optional()
    .meta({ description: 'Of the function that receives webhooks: address of the SQS queue that its worker reads.' }),
  TRIMTAB_LOG_GROUP: z
    .string()
    .regex(/^[\w./#-]{1,512}$/, 'the name of a log group')
    .optional()
    .meta({ description: "Of the Lambda functions: log group that outcome lines go to beside the function's own." }),
  TRIMTAB_CLOCK_URL: url.optional().meta({ description: 'Address of a virtual clock, for the sandbox.' }),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .meta({ description: 'Least severity of the log lines.' }),
})

export type Variables = z.output<typeof environmentVariables>
export type MemberAccount = z.output<typeof memberAccount>
