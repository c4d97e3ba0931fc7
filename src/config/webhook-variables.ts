import { TrimtabError } from '../core/model/errors.js'
import type { Variables } from './variables.js'

/** What the function that receives webhooks reads of the process environment. */
export interface WebhookVariables {
  readonly region: string
  readonly awsEndpointUrl: string | undefined
  readonly secret: string
  readonly webhookQueue: string
}

/**
 * The receiver's own reader: it must answer before the schema library would be loaded. The stack has checked the values
 * by the schema; that each is there is checked here. Throws `configuration` with every name that is missing.
 */
export function readWebhookVariables(env: Readonly<Record<string, string | undefined>>): WebhookVariables {
  const missing: (keyof Variables)[] = []
  const demanded = (name: keyof Variables) => {
    const value = env[name]?.trim()
    if (!value) missing.push(name)
    return value ?? ''
  }
  const read = {
    region: demanded('AWS_REGION'),
    awsEndpointUrl: env.AWS_ENDPOINT_URL?.trim() || undefined,
    secret: demanded('TRIMTAB_SECRET'),
    webhookQueue: demanded('TRIMTAB_WEBHOOK_QUEUE'),
  }
  if (missing.length === 0) return read
  throw new TrimtabError('configuration', `reading the environment: expected ${missing.join(' and ')}, got none`)
}
