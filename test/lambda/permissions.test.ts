import { afterAll, beforeAll, expect, it } from '@jest/globals'
import type { FunctionName } from '../../infra/constructs/deployment.js'
import { type Company, closeCompanies, company as people, startCompany } from '../e2e/start-company.js'
import { members, needsOf, unneeded, verdict } from '../support/function-needs.js'
import { createBench, synthesize } from '../support/synthesize.js'
import { type Bundles, bundle, type Deployment, deployFunctions } from './deploy-functions.js'
import { alarmEvent, commentOn, functionUrlEvent } from './function-events.js'

const bench = createBench()
const template = synthesize(bench.app(), { memberAccounts: members })
const groups = ['kestrel-storefront', 'kestrel-checkout-api'].map((name) => `123456789012/us-east-1/${name}`)
const place = { account: 'self', region: 'us-east-1' }
const cpuOf = (name: string) => ({
  namespace: 'AWS/EC2',
  name: 'CPUUtilization',
  dimensions: { AutoScalingGroupName: name },
})

/** Every kind of event that a function gets in an account. */
const events: Readonly<Partial<Record<FunctionName, readonly object[]>>> = {
  'performance-analyzer': [
    { task: 'places' },
    { task: 'list', place },
    { task: 'analyze', groups },
    { task: 'monitor' },
    alarmEvent({ alarmName: 'high-cpu-utilization', metric: cpuOf('kestrel-checkout-api') }),
    alarmEvent({
      alarmName: 'performance-degradation',
      metric: { namespace: 'MacroAI/Optimization', name: 'PerformanceScore', dimensions: {} },
    }),
  ],
  'optimization-engine': [{ task: 'optimize' }, { task: 'optimize' }],
  'cost-optimizer': [
    ...['daily', 'weekly', 'monthly', 'quarterly'].map((task) => ({ task })),
    alarmEvent({ alarmName: 'low-cpu-utilization', metric: cpuOf('kestrel-storefront') }),
  ],
}

let bundles: Bundles
let company: Company
let deployment: Deployment

/** The calls to AWS that some work makes. */
async function callsDuring(work: () => Promise<unknown>): Promise<readonly string[]> {
  const before = company.sandbox.calls()
  await work()
  const after = company.sandbox.calls()
  return Object.keys(after).filter(
    (call) => after[call] !== before[call] && !call.startsWith('github:') && !unneeded.includes(call),
  )
}

/** Calls that a function made and may not make, or that nobody gave it. */
function refused(name: FunctionName, made: readonly string[]): readonly string[] {
  return made.filter((action) => {
    const own = needsOf(action).filter(({ by }) => by.includes(name))
    return own.length === 0 || own.some((need) => verdict(template, name, { ...need, action }) !== 'allowed')
  })
}

beforeAll(async () => {
  bundles = await bundle([...Object.keys(events), 'webhook', 'worker'])
  company = await startCompany({ roles: ['overProvisioned', 'saturated'] })
  deployment = await deployFunctions(company, bundles.folder)
})

afterAll(async () => {
  await deployment?.close()
  await closeCompanies()
  await bundles?.remove()
  bench.close()
})

it('lets each function make every call that its work on real events really makes, and no function another', async () => {
  const made: Partial<Record<FunctionName, readonly string[]>> = {}
  for (const [name, all] of Object.entries(events)) {
    const one = await deployment.start(name)
    made[name as FunctionName] = await callsDuring(async () => {
      for (const event of all) await one.ask(event)
    })
  }

  const { github, repository } = company.sandbox
  const [pull] = await company.pulls()
  const number = pull?.number as number
  const text = '/trimtab recheck'
  const id = await github.comment(people.repository, number, people.lead, text)
  const webhook = await deployment.start('webhook')
  const worker = await deployment.start('worker')
  const secret = github.app.webhookSecret
  const deliveries = [
    { id: 'd-1', event: 'issue_comment', payload: commentOn(number, text, people.lead, id) },
    {
      id: 'd-2',
      event: 'pull_request',
      payload: {
        action: 'closed',
        pull_request: { number, merged: false, closed_at: '2026-11-23T10:00:00Z' },
        repository: { full_name: repository },
        sender: { login: people.lead },
      },
    },
  ]
  made.webhook = await callsDuring(async () => {
    for (const one of deliveries) await webhook.ask(functionUrlEvent(one, secret))
  })
  const Records = await deployment.receive()
  expect(Records).toHaveLength(2)
  made.worker = await callsDuring(async () => {
    expect(await worker.ask({ Records })).toEqual({ batchItemFailures: [] })
  })

  expect(made['optimization-engine']).toContain('autoscaling:UpdateAutoScalingGroup')
  expect(made['cost-optimizer']).toContain('ce:GetCostAndUsage')
  expect(made.worker).toContain('cloudwatch:GetMetricData')
  expect(made.webhook).toEqual(['secretsmanager:GetSecretValue', 'sqs:SendMessage'])
  for (const [name, calls] of Object.entries(made))
    expect([name, refused(name as FunctionName, calls)]).toEqual([name, []])
})
