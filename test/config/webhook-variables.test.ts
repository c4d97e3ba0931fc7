import { describe, expect, it } from '@jest/globals'
import { readEnvironment } from '../../src/config/environment.js'
import { readWebhookVariables } from '../../src/config/webhook-variables.js'

const variables = {
  AWS_REGION: 'us-east-1',
  AWS_ENDPOINT_URL: 'http://127.0.0.1:4566',
  TRIMTAB_SECRET: 'macro-ai-production-github-app',
  TRIMTAB_WEBHOOK_QUEUE: 'https://sqs.us-east-1.amazonaws.com/123456789012/hooks',
}

describe('readWebhookVariables', () => {
  it('reads what the whole environment reads', () => {
    const { functions, awsEndpointUrl } = readEnvironment(variables)
    const { region, secret, webhookQueue } = functions
    expect(readWebhookVariables(variables)).toEqual({ region, awsEndpointUrl, secret, webhookQueue })
  })

  it('names everything that is missing at once', () => {
    expect(() => readWebhookVariables({ AWS_REGION: 'us-east-1', TRIMTAB_SECRET: ' ' })).toThrow(
      'reading the environment: expected TRIMTAB_SECRET and TRIMTAB_WEBHOOK_QUEUE, got none',
    )
  })
})
