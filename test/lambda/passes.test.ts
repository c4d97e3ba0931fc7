import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { hourMs, minuteMs } from '../../src/core/model/units.js'
import { type Company, closeCompanies, effectsOf, startCompany, company as world } from '../e2e/start-company.js'
import { type Machine, runStateMachine } from '../support/run-state-machine.js'
import { createBench, synthesize } from '../support/synthesize.js'
import { resourcesOf } from '../support/template.js'
import { bundle, type Deployment, deployFunctions } from './deploy-functions.js'
import { alarmEvent } from './function-events.js'

interface Place {
  readonly account: string
  readonly region: string
}
interface Listed {
  readonly place: Place
  readonly batches: readonly (readonly string[])[]
  readonly token?: string
}
interface Analysed {
  readonly analysed: number
  readonly failed: readonly { readonly scope: string; readonly why: string }[]
  readonly unfinished: readonly string[]
}

let bundles: Awaited<ReturnType<typeof bundle>>
beforeAll(async () => {
  bundles = await bundle(['performance-analyzer', 'optimization-engine', 'cost-optimizer'])
})
afterAll(() => bundles.remove())

const bench = createBench()
afterAll(bench.close)
const [stateMachine] = resourcesOf(synthesize(bench.app()), 'AWS::StepFunctions::StateMachine')
const analysis: Machine = JSON.parse(stateMachine.DefinitionString)

const deployed: Deployment[] = []
afterEach(async () => {
  for (const one of deployed.splice(0)) await one.close()
  await closeCompanies()
})

async function deploy(company: Company): Promise<Deployment> {
  const deployment = await deployFunctions(company, bundles.folder)
  deployed.push(deployment)
  return deployment
}

const roles = ['overProvisioned', 'saturated', 'wellSized'] as const
const saturated = '123456789012/us-east-1/kestrel-checkout-api'

const storefront = '123456789012/us-east-1/kestrel-storefront'

const highCpu = (name: string, at?: string) =>
  alarmEvent({
    alarmName: 'macro-ai-production-high-cpu-utilization',
    metric: { namespace: 'AWS/EC2', name: 'CPUUtilization', dimensions: { AutoScalingGroupName: name } },
    ...(at !== undefined && { at }),
  })

describe('the functions of an account', () => {
  it('S13, S24, S33: come to the end that `trimtab run` comes to, the state machine calling them', async () => {
    const together = await startCompany({ roles })
    await together.run()

    const apart = await startCompany({ roles })
    const deployment = await deploy(apart)
    const analyzer = await deployment.start('performance-analyzer')
    const engine = await deployment.start('optimization-engine')
    const asked: string[] = []
    const done = await runStateMachine(analysis, {}, (arn, event) => {
      const { task } = event as { readonly task: string }
      asked.push(task)
      return (arn.endsWith('-engine') ? engine : analyzer).ask(event)
    })
    expect(asked).toEqual(['places', 'list', 'analyze', 'optimize'])
    expect(done).toMatchObject({ applied: 1, proposed: 2, failed: [] })
    const cost = await deployment.start('cost-optimizer')
    expect(await cost.ask({ task: 'weekly' })).toEqual({ task: 'weekly', failed: [] })

    const [one, other] = [await effectsOf(together), await effectsOf(apart)]
    const titles = ({ pages }: typeof one) => pages.map(([, title, state]) => [title, state]).sort()
    expect(titles(other)).toEqual(titles(one))
    expect(other.sizes).toEqual(one.sizes)
    expect(other.recommendations).toEqual(one.recommendations)
    const weekly = async ({ sandbox }: Company) =>
      (await sandbox.github.issues(world.repository)).filter(({ title }) => title.includes('week ')).length
    expect(await weekly(apart)).toBe(await weekly(together))

    // Twice changes nothing, and nobody says a secret.
    expect(await engine.ask({ task: 'optimize' })).toMatchObject({ applied: 0, proposed: 0, failed: [] })
    const key = apart.sandbox.environment.PRIVATE_KEY?.split('\n')[1] ?? 'no key'
    for (const one of [analyzer, engine, cost]) expect(one.log()).not.toContain(key)
    expect((await deployment.outcomes('optimization-engine')).map(({ msg }) => msg)).toContain(
      'recommendations decided',
    )
  })

  it('asks AWS for nothing when the event is not theirs, and says which ones are', async () => {
    const deployment = await deploy(await startCompany())
    const cost = await deployment.start('cost-optimizer')
    expect(await cost.invoke({ task: 'hourly' })).toMatchObject({
      kind: 'error',
      errorType: 'TrimtabError',
      errorMessage:
        'reading the event of cost-optimizer: expected {"task"} of daily, weekly, monthly, quarterly, or the CloudWatch Alarm State Change of an alarm that goes off on the CPU of a group, got {"task":"hourly"}',
    })
    expect(await cost.ask({ task: 'daily' })).toEqual({ task: 'daily', failed: [] })
  })

  it('are a failed call where nothing can be done with the credentials', async () => {
    const company = await startCompany()
    const deployment = await deploy(company)
    const denied = await deployment.start('performance-analyzer', { AWS_SECRET_ACCESS_KEY: 'another' })
    const ended = await denied.invoke({ task: 'monitor' })
    expect(ended).toMatchObject({
      kind: 'error',
      errorMessage: expect.stringContaining('did not accept the credentials'),
    })
  })
})

describe('the analyzer', () => {
  it('stops before its time is up and names what it has not begun, which the next call does', async () => {
    const company = await startCompany({ roles })
    const analyzer = await (await deploy(company)).start('performance-analyzer')
    const place = { account: 'self', region: 'us-east-1' }
    const { batches } = await analyzer.ask<Listed>({ task: 'list', place })
    const groups = batches[0] ?? []
    const first = await analyzer.ask<Analysed>({ task: 'analyze', groups }, { leftMs: 60_500 })
    expect(first.failed).toEqual([])
    expect(first.unfinished.length).toBeGreaterThan(0)
    expect(first.analysed + first.unfinished.length).toBe(groups.length)
    const second = await analyzer.ask<Analysed>({ task: 'analyze', groups: first.unfinished })
    expect(second).toEqual({ analysed: first.unfinished.length, failed: [], unfinished: [] })
  })

  it('does not take a group that has gone for one that is unfinished', async () => {
    const analyzer = await (await deploy(await startCompany())).start('performance-analyzer')
    const groups = ['123456789012/us-east-1/gone']
    expect(await analyzer.ask({ task: 'analyze', groups })).toEqual({ analysed: 0, failed: [], unfinished: [] })
  })

  it('serves named groups whatever their tags say, and else those of its environment only', async () => {
    const deployment = await deploy(await startCompany({ roles: ['overProvisioned', 'faultTolerant'] }))
    const place = { account: 'self', region: 'us-east-1' }
    const ofEnvironment = await deployment.start('performance-analyzer')
    const named = await deployment.start('performance-analyzer', { TRIMTAB_GROUP_NAMES: 'kestrel-staging-encoders' })
    expect((await ofEnvironment.ask<Listed>({ task: 'list', place })).batches.flat()).not.toContain(
      '123456789012/us-east-1/kestrel-staging-encoders',
    )
    expect((await named.ask<Listed>({ task: 'list', place })).batches.flat()).toEqual([
      '123456789012/us-east-1/kestrel-staging-encoders',
    ])
  })

  it('S73: analyses the group of an alarm once, whoever tells it twice, and starts the engine by saying so', async () => {
    const company = await startCompany({ roles: ['saturated'] })
    const deployment = await deploy(company)
    const [analyzer, twin] = [
      await deployment.start('performance-analyzer'),
      await deployment.start('performance-analyzer'),
    ]
    const alarm = highCpu('kestrel-checkout-api')
    const both = await Promise.all([analyzer, twin].map((one) => one.ask<{ analysed: number }>(alarm)))
    expect(both.map(({ analysed }) => analysed).sort()).toEqual([0, 1])
    expect(await analyzer.ask(alarm)).toEqual({ analysed: 0, failed: [] })
    expect(await analyzer.ask(highCpu('kestrel-checkout-api', '2026-11-23T10:00:00.000+0000'))).toMatchObject({
      analysed: 1,
    })
    expect(company.sandbox.messages.filter(({ subject }) => subject?.startsWith('CPU at or above'))).toHaveLength(2)
  })

  it('S75: investigates the groups under 70 at an alarm on the score; monitoring between analyses publishes it', async () => {
    const company = await startCompany({ roles: ['overProvisioned'] })
    const analyzer = await (await deploy(company)).start('performance-analyzer', {
      TRIMTAB_GROUP_NAMES: 'kestrel-storefront',
    })
    await analyzer.ask({ task: 'analyze', groups: [storefront] })
    await company.deps.clock.sleep(15 * minuteMs)
    expect(await analyzer.ask({ task: 'monitor' })).toEqual({ scored: 1, analysed: 0, failed: [] })
    const metric = {
      namespace: 'MacroAI/Optimization',
      name: 'PerformanceScore',
      dimensions: { Environment: 'production' },
    }
    const alarm = alarmEvent({ alarmName: 'macro-ai-production-performance-degradation', metric })
    expect(await analyzer.ask(alarm)).toEqual({ analysed: 1, failed: [] })
  })

  it('S73: applies the CPU rules to groups that no alarm can name', async () => {
    const company = await startCompany({ roles: ['saturated'] })
    const analyzer = await (await deploy(company)).start('performance-analyzer')
    await analyzer.ask({ task: 'analyze', groups: [saturated] })
    expect(await analyzer.ask({ task: 'monitor' })).toEqual({ scored: 1, analysed: 1, failed: [] })
  })
})

describe('the cost optimizer', () => {
  it('S74: makes the recommendations of a group with low CPU and tells the cost topic', async () => {
    const company = await startCompany({ roles: ['overProvisioned'] })
    const cost = await (await deploy(company)).start('cost-optimizer')
    const metric = {
      namespace: 'AWS/EC2',
      name: 'CPUUtilization',
      dimensions: { AutoScalingGroupName: 'kestrel-storefront' },
    }
    const alarm = alarmEvent({ alarmName: 'macro-ai-production-low-cpu-utilization', metric })
    expect(await cost.ask(alarm)).toMatchObject({ analysed: 1, failed: [] })
    expect(company.sandbox.messages.at(-1)).toMatchObject({ subject: expect.stringContaining('CPU at or below 20') })
    expect((await company.deps.recommendations.list({})).length).toBeGreaterThan(0)
  })
})

describe('an App whose key is not in the secret yet', () => {
  it('lets advice be recorded, and is found by the same instance once it is there', async () => {
    const company = await startCompany({ roles: ['overProvisioned'] })
    const deployment = await deploy(company)
    await deployment.putSecret({ PRIVATE_KEY: '' })
    const analyzer = await deployment.start('performance-analyzer')
    const engine = await deployment.start('optimization-engine')
    const groups = [storefront]
    expect(await analyzer.ask({ task: 'analyze', groups })).toMatchObject({ analysed: 1 })
    expect(await engine.ask({ task: 'optimize' })).toMatchObject({ proposed: 0 })
    await deployment.putSecret({})
    await company.deps.clock.sleep(hourMs)
    await analyzer.ask({ task: 'analyze', groups })
    expect(await engine.ask({ task: 'optimize' })).toMatchObject({ proposed: 1 })
  })
})
