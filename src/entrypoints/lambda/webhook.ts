import { readGitHubSecret, secretsIn } from '../../adapters/aws/github-secret.js'
import { queuesIn } from '../../adapters/aws/queues.js'
import { readWebhookVariables } from '../../config/webhook-variables.js'
import { isHeard } from '../../core/commands/command-of.js'
import { TrimtabError } from '../../core/model/errors.js'
import {
  bodyLimit,
  createVerifier,
  signatureOf,
  type Verdict,
  type WebhookRequest,
} from '../webhooks/verify-delivery.js'
import { functionSurroundings } from './function-surroundings.js'
import { onceGood } from './once-good.js'

/** A request to the function's address, as far as it is read (payload format 2.0). */
export interface FunctionUrlEvent {
  readonly headers?: Readonly<Record<string, unknown>>
  readonly body?: string
  readonly isBase64Encoded?: boolean
  readonly requestContext?: { readonly http?: { readonly method?: string } }
}

export interface FunctionUrlAnswer {
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

const start = onceGood(async () => {
  const { region, awsEndpointUrl, secret: secretId, webhookQueue: QueueUrl } = readWebhookVariables(process.env)
  const surroundings = functionSurroundings({ awsEndpointUrl }, process.env)
  // The queue's client is loaded while the secret is on its way.
  const [{ WEBHOOK_SECRET }, sqs] = await Promise.all([
    readGitHubSecret(secretsIn(surroundings), { secretId, region }),
    queuesIn(surroundings)(region),
  ])
  if (WEBHOOK_SECRET === undefined)
    throw new TrimtabError('configuration', `reading the secret ${secretId}: expected a WEBHOOK_SECRET, got none`)
  return {
    verify: createVerifier(WEBHOOK_SECRET),
    queue: (delivery: object) => sqs.sendMessage({ QueueUrl, MessageBody: JSON.stringify(delivery) }),
  }
})

/**
 * Receives GitHub's webhooks: a bad signature is 401, more than 1 MB 413; otherwise the delivery is queued and 202
 * answered. What nobody listens to is answered 202 and not queued. What cannot be queued is a failed call, so that
 * GitHub shows the delivery as failed.
 */
export async function handler(event: FunctionUrlEvent): Promise<FunctionUrlAnswer> {
  if (event.requestContext?.http?.method !== 'POST') return answer(405)
  const header = headersOf(event)
  if (signatureOf(header) === undefined) return answer(401)
  const body = bodyOf(event)
  if (body === undefined) return answer(413)
  const { verify, queue } = await start()
  const verdict = await verify({ header, body })
  if (verdict.status === 202 && verdict.delivery && isHeard(verdict.delivery)) await queue(verdict.delivery)
  tell(verdict, header)
  return answer(verdict.status)
}

/** Names of headers come in any case. */
function headersOf({ headers = {} }: FunctionUrlEvent): WebhookRequest['header'] {
  const named = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
  return (name) => {
    const value = named.get(name)
    return typeof value === 'string' ? value : undefined
  }
}

/** The body as it was signed; undefined where it is over the limit, which is known before it is decoded. */
function bodyOf({ body = '', isBase64Encoded }: FunctionUrlEvent): string | undefined {
  const bytes = isBase64Encoded ? Math.floor((body.length * 3) / 4) : body.length
  if (bytes > bodyLimit + 2) return undefined
  return isBase64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body
}

/** One line for each signed delivery; what is not signed is not logged, since anyone can send it. */
function tell(verdict: Verdict, header: WebhookRequest['header']): void {
  if (verdict.status !== 202) return
  const { delivery } = verdict
  const line = {
    level: 30,
    time: new Date().toISOString(),
    delivery: header('x-github-delivery'),
    event: header('x-github-event'),
    queued: delivery !== undefined && isHeard(delivery),
    msg: 'webhook received',
  }
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

function answer(statusCode: number): FunctionUrlAnswer {
  return { statusCode, headers: { 'content-type': 'text/plain' }, body: `${statusCode}\n` }
}
