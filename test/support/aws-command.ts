import * as autoScaling from '@aws-sdk/client-auto-scaling'
import * as cloudWatch from '@aws-sdk/client-cloudwatch'
import * as logs from '@aws-sdk/client-cloudwatch-logs'
import * as costExplorer from '@aws-sdk/client-cost-explorer'
import * as dynamodb from '@aws-sdk/client-dynamodb'
import * as secrets from '@aws-sdk/client-secrets-manager'

/** A command line of the AWS CLI, taken apart: `options` by the names that the API gives its members. */
export interface AwsCommand {
  readonly service: string
  readonly operation: string
  readonly input: Readonly<Record<string, unknown>>
}

interface Service {
  readonly module: Readonly<Record<string, unknown>>
  readonly client: string
  /** Members begin with a small letter. */
  readonly lowerCase?: true
}

const services: Readonly<Record<string, Service>> = {
  autoscaling: { module: { ...autoScaling }, client: 'AutoScalingClient' },
  cloudwatch: { module: { ...cloudWatch }, client: 'CloudWatchClient' },
  logs: { module: { ...logs }, client: 'CloudWatchLogsClient', lowerCase: true },
  ce: { module: { ...costExplorer }, client: 'CostExplorerClient' },
  dynamodb: { module: { ...dynamodb }, client: 'DynamoDBClient' },
  secretsmanager: { module: { ...secrets }, client: 'SecretsManagerClient' },
}

/** Options of the CLI itself, which the API never sees. */
const ofTheCli: readonly string[] = ['--query', '--output']
/** Members that are lists of structures, written as Name=a,Value=b. */
const structures: readonly string[] = ['Dimensions', 'Filters', 'Tags']
const lists: readonly string[] = ['Statistics', 'Metrics', 'AutoScalingGroupNames', 'Values']
const numbers: readonly string[] = ['Limit', 'Period']

/**
 * Reads a command line as the AWS CLI does, as far as our pages use it. `readFile` answers `file://…`. Throws on a
 * service, operation or option that it does not know.
 */
export function readAwsCommand(line: string, readFile: (name: string) => string = () => ''): AwsCommand {
  const [program, service = '', operation = '', ...rest] = wordsOf(line)
  if (program !== 'aws' || !services[service]) throw new Error(`not a command of a known service: ${line}`)
  const input: Record<string, unknown> = {}
  for (let at = 0; at < rest.length; ) {
    const flag = rest[at] as string
    if (!flag.startsWith('--')) throw new Error(`expected an option, got ${flag} in ${line}`)
    const values: string[] = []
    for (at += 1; at < rest.length && !(rest[at] as string).startsWith('--'); at += 1) values.push(rest[at] as string)
    if (!ofTheCli.includes(flag)) Object.assign(input, memberOf(flag, values, services[service] as Service, readFile))
  }
  return { service, operation, input }
}

function wordsOf(line: string): readonly string[] {
  const bare = line.split(/ \| | > /)[0] ?? ''
  return [...bare.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map((match) => match[1] ?? match[2] ?? match[3] ?? '')
}

function memberOf(flag: string, values: readonly string[], { lowerCase }: Service, readFile: (name: string) => string) {
  const no = flag.startsWith('--no-')
  const words = flag.slice(no ? 5 : 2).split('-')
  const pascal = words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('')
  const name = lowerCase ? pascal.slice(0, 1).toLowerCase() + pascal.slice(1) : pascal
  if (values.length === 0) return { [name]: !no }
  if (structures.includes(pascal)) return { [name]: values.map(structureOf) }
  if (lists.includes(pascal)) return { [name]: values }
  const [value = ''] = values
  if (pascal === 'TimePeriod') return { [name]: structureOf(value) }
  if (numbers.includes(pascal)) return { [name]: Number(value) }
  if (/Time$/.test(pascal)) return { [name]: new Date(value) }
  return { [name]: value.startsWith('file://') ? readFile(value.slice('file://'.length)) : value }
}

function structureOf(text: string): Readonly<Record<string, unknown>> {
  const pairs = text.split(',').map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)])
  return Object.fromEntries(
    pairs.map(([key = '', value = '']) => {
      if (key === 'PropagateAtLaunch') return [key, value === 'true']
      return [key, lists.includes(key) ? [value] : value]
    }),
  )
}

/** Sends a command as the CLI would, with the SDK. Throws what AWS answers. */
export async function sendAwsCommand({ service, operation, input }: AwsCommand, env: Readonly<Record<string, string>>) {
  const { module, client } = services[service] as Service
  const name = operation.split('-').map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
  const Command = module[`${name.join('')}Command`] as new (input: unknown) => unknown
  const Client = module[client] as new (
    options: unknown,
  ) => { send(command: unknown): Promise<unknown>; destroy(): void }
  if (!Command) throw new Error(`aws ${service} ${operation}: there is no such operation`)
  const credentials = { accessKeyId: env.AWS_ACCESS_KEY_ID ?? '', secretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? '' }
  const sender = new Client({ endpoint: env.AWS_ENDPOINT_URL, region: env.AWS_REGION, credentials, maxAttempts: 1 })
  try {
    return (await sender.send(new Command(input))) as Readonly<Record<string, unknown>>
  } finally {
    sender.destroy()
  }
}
