import { createHmac } from 'node:crypto'

/** A delivery of GitHub. */
export interface Delivery {
  readonly id: string
  readonly event: string
  readonly payload: object
}

/** A comment that a person wrote. */
export function commentOn(number: number, body: string, login: string, id = 4_711): object {
  return {
    action: 'created',
    issue: { number, title: 'A pull request' },
    comment: { id, body, user: { login, type: 'User' } },
    repository: { full_name: 'kestrel/infrastructure' },
    sender: { login },
    installation: { id: 1 },
  }
}

/** What a function URL makes of GitHub's request (payload format 2.0): bodies may be base64, headers are as they came. */
export function functionUrlEvent({ id, event, payload }: Delivery, secret: string, base64 = false) {
  const body = JSON.stringify(payload)
  const signature = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: '/',
    rawQueryString: '',
    headers: {
      'Content-Type': 'application/json',
      'User-Agent': 'GitHub-Hookshot/5d7f1c2',
      'X-GitHub-Delivery': id,
      'X-GitHub-Event': event,
      'X-Hub-Signature-256': signature,
      host: 'abcdefgh.lambda-url.us-east-1.on.aws',
    } as Readonly<Record<string, unknown>>,
    requestContext: {
      accountId: 'anonymous',
      apiId: 'abcdefgh',
      domainName: 'abcdefgh.lambda-url.us-east-1.on.aws',
      http: { method: 'POST', path: '/', protocol: 'HTTP/1.1', sourceIp: '140.82.115.1', userAgent: 'GitHub-Hookshot' },
      requestId: 'c0ffee',
      routeKey: '$default',
      stage: '$default',
      time: '23/Nov/2026:09:00:00 +0000',
      timeEpoch: 1_795_424_400_000,
    },
    body: base64 ? Buffer.from(body).toString('base64') : body,
    isBase64Encoded: base64,
  }
}

interface AlarmDraft {
  readonly alarmName: string
  readonly metric: { readonly namespace: string; readonly name: string; readonly dimensions: object }
  readonly at?: string
}

/** What EventBridge brings when an alarm goes off. */
export function alarmEvent({ alarmName, metric, at = '2026-11-23T09:00:12.345+0000' }: AlarmDraft) {
  return {
    version: '0',
    id: '2b4f6c1e-5d7f-4c2a-9d31-6f2f4a7b9e10',
    'detail-type': 'CloudWatch Alarm State Change',
    source: 'aws.cloudwatch',
    account: '123456789012',
    time: '2026-11-23T09:00:12Z',
    region: 'us-east-1',
    resources: [`arn:aws:cloudwatch:us-east-1:123456789012:alarm:${alarmName}`],
    detail: {
      alarmName,
      state: { value: 'ALARM', reason: 'Threshold Crossed: 3 datapoints', reasonData: '{}', timestamp: at },
      previousState: { value: 'OK', reason: 'Threshold Crossed', reasonData: '{}', timestamp: at },
      configuration: {
        description: 'CPU at or above 85 % for 15 minutes: the group is analysed now.',
        metrics: [
          {
            id: '0e4d8f3a-6a5b-49d2-8a41-0d6f7f5c1b22',
            metricStat: { metric, period: 300, stat: 'Average' },
            returnData: true,
          },
        ],
      },
    },
  }
}
