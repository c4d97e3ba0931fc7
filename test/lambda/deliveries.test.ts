import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type Company, closeCompanies, company as people, startCompany } from '../e2e/start-company.js'
import type { RunningFunction } from '../support/run-function.js'
import { bundle, type Deployment, deployFunctions } from './deploy-functions.js'
import { commentOn, functionUrlEvent } from './function-events.js'

interface Answer {
  readonly statusCode: number
}
interface BatchAnswer {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[]
}

let company: Company
let deployment: Deployment
let webhook: RunningFunction
let worker: RunningFunction
let secret: string
let commentId: number
let remove: () => Promise<void>

beforeAll(async () => {
  const bundles = await bundle(['webhook', 'worker'])
  remove = bundles.remove
  company = await startCompany({ roles: ['overProvisioned'] })
  await company.run()
  secret = company.sandbox.github.app.webhookSecret
  commentId = await company.sandbox.github.comment(people.repository, 1, people.lead, '/trimtab explain')
  deployment = await deployFunctions(company, bundles.folder)
  webhook = await deployment.start('webhook')
  worker = await deployment.start('worker')
})

afterAll(async () => {
  await deployment?.close()
  await closeCompanies()
  await remove?.()
})

const explain = (id: string) => ({
  id,
  event: 'issue_comment',
  payload: commentOn(1, '/trimtab explain', people.lead, commentId),
})

describe('the webhook function', () => {
  it('answers 202 to a signed delivery, in base64 and with headers in any case, and queues it', async () => {
    expect(await webhook.ask<Answer>(functionUrlEvent(explain('d-1'), secret, true))).toMatchObject({ statusCode: 202 })
    const [message] = await deployment.receive()
    expect(JSON.parse(message?.body ?? '')).toEqual({
      kind: 'comment',
      id: 'd-1',
      repository: company.sandbox.repository,
      number: 1,
      commentId,
      author: people.lead,
      byBot: false,
      body: '/trimtab explain',
    })
  })

  it('answers before any work is done: nothing of GitHub or the table is asked', async () => {
    const before = company.sandbox.calls()
    expect(await webhook.ask<Answer>(functionUrlEvent(explain('d-2'), secret))).toMatchObject({ statusCode: 202 })
    const after = company.sandbox.calls()
    const made = Object.keys(after).filter((call) => after[call] !== before[call])
    expect(made).toEqual(['sqs:SendMessage'])
    await deployment.receive()
  })

  it.each([
    ['a comment without a command', 'issue_comment', commentOn(1, 'looks good', people.lead)],
    [
      'an event that nobody hears',
      'push',
      { ref: 'refs/heads/main', repository: { full_name: 'kestrel/infrastructure' } },
    ],
    [
      'a pull request that was opened',
      'pull_request',
      { action: 'opened', repository: { full_name: 'kestrel/infrastructure' } },
    ],
  ])('answers 202 to %s and queues nothing', async (_what, event, payload) => {
    const asked = functionUrlEvent({ id: 'd-3', event, payload }, secret)
    expect(await webhook.ask<Answer>(asked)).toMatchObject({ statusCode: 202 })
    expect(await deployment.receive()).toEqual([])
  })

  it.each<[string, (event: ReturnType<typeof functionUrlEvent>) => object, number]>([
    ['a signature with another secret', () => functionUrlEvent(explain('d-4'), 'guess'), 401],
    ['no signature', (event) => ({ ...event, headers: { ...event.headers, 'X-Hub-Signature-256': undefined } }), 401],
    ['an empty signature', (event) => ({ ...event, headers: { ...event.headers, 'X-Hub-Signature-256': '' } }), 401],
    [
      'a list of signatures',
      (event) => ({
        ...event,
        headers: { ...event.headers, 'X-Hub-Signature-256': [event.headers['X-Hub-Signature-256']] },
      }),
      401,
    ],
    [
      'two signatures, joined as function URLs join them',
      (event) => ({
        ...event,
        headers: { ...event.headers, 'X-Hub-Signature-256': `${event.headers['X-Hub-Signature-256']},sha256=00` },
      }),
      401,
    ],
    ['another body than was signed', (event) => ({ ...event, body: event.body.replace('explain', 'ignore') }), 401],
    ['no body', (event) => ({ ...event, body: undefined }), 401],
    ['no headers', (event) => ({ ...event, headers: undefined }), 401],
    [
      'a delivery without id',
      (event) => ({ ...event, headers: { ...event.headers, 'X-GitHub-Delivery': undefined } }),
      400,
    ],
    ['another method', (event) => ({ ...event, requestContext: { http: { method: 'GET' } } }), 405],
    [
      'more than 1 MB',
      () =>
        functionUrlEvent({ ...explain('d-5'), payload: commentOn(1, 'x'.repeat(1024 * 1024), people.lead) }, secret),
      413,
    ],
    [
      'more than 1 MB in base64',
      () =>
        functionUrlEvent(
          { ...explain('d-5'), payload: commentOn(1, 'x'.repeat(1024 * 1024), people.lead) },
          secret,
          true,
        ),
      413,
    ],
  ])('answers %s with its status and queues nothing', async (_what, change, status) => {
    const asked = change(functionUrlEvent(explain('d-6'), secret))
    expect(await webhook.ask<Answer>(asked)).toMatchObject({ statusCode: status })
    expect(await deployment.receive()).toEqual([])
  })

  it('is a failed call where the queue is away, so that GitHub shows the delivery as failed', async () => {
    const lost = { TRIMTAB_WEBHOOK_QUEUE: `${company.sandbox.aws.url}/123456789012/another` }
    const alone = await deployment.start('webhook', lost)
    const ended = await alone.invoke(functionUrlEvent(explain('d-7'), secret))
    expect(ended).toMatchObject({ kind: 'error', errorMessage: expect.stringContaining('sqs:SendMessage') })
  })

  it('reads the secret once, and says no word of it', async () => {
    const asked = company.sandbox.calls()['secretsmanager:GetSecretValue']
    await webhook.ask<Answer>(functionUrlEvent({ ...explain('d-8'), event: 'ping' }, secret))
    expect(company.sandbox.calls()['secretsmanager:GetSecretValue']).toBe(asked)
    expect(webhook.log()).toContain('"delivery":"d-1"')
    expect(webhook.log()).not.toContain(secret)
  })
})

describe('the worker', () => {
  it('acts once on a delivery that came twice', async () => {
    const before = (await company.comments(1)).length
    for (const _ of [1, 2]) await webhook.ask<Answer>(functionUrlEvent(explain('d-10'), secret))
    const Records = await deployment.receive()
    expect(Records).toHaveLength(2)
    expect(await worker.ask<BatchAnswer>({ Records })).toEqual({ batchItemFailures: [] })
    expect((await company.comments(1)).length).toBe(before + 1)
    expect(await worker.ask<BatchAnswer>({ Records })).toEqual({ batchItemFailures: [] })
    expect((await company.comments(1)).length).toBe(before + 1)
    const told = (await deployment.outcomes('worker')).filter(({ msg }) => msg === 'delivery handled')
    expect(told.map(({ outcome }) => outcome)).toEqual(['done', 'known', 'known', 'known'])
  })

  it.each(['{"half', '[]', '{"kind":"comment","id":"d-11"}', ''])(
    'lets a poisoned message fail alone: %j',
    async (body) => {
      await webhook.ask<Answer>(functionUrlEvent(explain(`d-12-${body.length}`), secret))
      const [good] = await deployment.receive()
      const poisoned = { ...good, messageId: 'poisoned', body }
      const answer = await worker.ask<BatchAnswer>({ Records: [poisoned, good] })
      expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'poisoned' }] })
      expect(worker.log()).toContain(`"delivery":"d-12-${body.length}"`)
    },
  )

  it('gives back what it has no time for', async () => {
    await webhook.ask<Answer>(functionUrlEvent(explain('d-13'), secret))
    const Records = await deployment.receive()
    const answer = await worker.ask<BatchAnswer>({ Records }, { leftMs: 50_000 })
    expect(answer.batchItemFailures).toEqual(Records.map(({ messageId }) => ({ itemIdentifier: messageId })))
  })

  it('fails as a whole for an event of another kind, and says what it takes', async () => {
    const ended = await worker.invoke({ task: 'optimize' })
    expect(ended).toMatchObject({
      kind: 'error',
      errorMessage: expect.stringMatching(
        /reading the event of worker: expected a batch of an SQS queue, .* got \{"task":"optimize"\}/,
      ),
    })
  })
})
