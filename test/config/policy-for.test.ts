import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { environmentOf } from '../../src/config/environment-of.js'
import type { EnvironmentSettings } from '../../src/config/environment-settings.js'
import { type DeploymentDefaults, plainDeployment, policyFor } from '../../src/config/policy-for.js'
import { readRepositoryConfig } from '../../src/config/read-repository-config.js'
import type { RepositoryConfig } from '../../src/config/repository-config.js'

function configOf(text: string): RepositoryConfig {
  const read = readRepositoryConfig(text, 'trimtab.yml')
  if (read.kind === 'faults') throw new Error(JSON.stringify(read.faults))
  return read.config
}

const tagged = { name: 'web', environmentFrom: 'tag' } as const

describe('policyFor', () => {
  it.each([
    ['production', true, 1, 70, 80, 500, 1000, 50, 60, 1.15, 99.5, 20],
    ['staging', true, 2, 75, 85, 1000, 500, 20, 50, 1.1, 95, 15],
    ['development', false, 4, 80, 90, 2000, 100, 10, 40, 1.1, 95, 15],
    ['qa', false, 6, 70, 80, 500, 1000, 25, 50, 1.1, 95, 15],
  ])(
    'S03 S04 S05: %s has the shipped numbers',
    (name, scaling, hours, cpu, memory, ms, rpm, cost, use, margin, percentile, headroom) => {
      const policy = policyFor(undefined, name, plainDeployment)
      expect(policy).toMatchObject({
        environment: name,
        mode: 'observe',
        enableAutoScalingOptimization: scaling,
        enableCostOptimization: true,
        enablePerformanceMonitoring: true,
        analysisIntervalHours: hours,
        thresholds: {
          cpuUtilizationTarget: cpu,
          memoryUtilizationTarget: memory,
          responseTimeTargetMs: ms,
          throughputTargetPerMinute: rpm,
        },
        cost: { maxHourlyCost: cost, utilizationThreshold: use, monthlyBudget: cost * 730 },
        sizing: { demandMargin: margin, staticPercentile: percentile, staticHeadroomPercent: headroom },
        killSwitch: false,
      })
    },
  )

  it.each<[string, EnvironmentSettings]>([
    ['enableAutoScalingOptimization', { enableAutoScalingOptimization: false }],
    ['enableCostOptimization', { enableCostOptimization: false }],
    ['enablePerformanceMonitoring', { enablePerformanceMonitoring: false }],
    ['analysisInterval', { analysisInterval: '3h' }],
    ['cpuUtilizationTarget', { performanceThresholds: { cpuUtilizationTarget: 61 } }],
    ['memoryUtilizationTarget', { performanceThresholds: { memoryUtilizationTarget: 61 } }],
    ['responseTimeTarget', { performanceThresholds: { responseTimeTarget: 61 } }],
    ['throughputTarget', { performanceThresholds: { throughputTarget: 61 } }],
    ['maxHourlyCost', { costThresholds: { maxHourlyCost: 61 } }],
    ['utilizationThreshold', { costThresholds: { utilizationThreshold: 61 } }],
  ])('S02: %s changes the policy, from the file and from the deployment', (_, settings) => {
    const shipped = policyFor({}, 'production', plainDeployment)
    const fromFile = policyFor({ environments: { prod: settings } }, 'production', plainDeployment)
    const fromDeployment = policyFor({}, 'prod', { ...plainDeployment, environments: { Production: settings } })
    expect(fromFile).not.toEqual(shipped)
    expect(fromDeployment).toEqual(fromFile)
  })

  it('lets the environment win over defaults, key by key, under any spelling of its name', () => {
    const config = configOf(`
mode: propose
defaults: { performanceThresholds: { cpuUtilizationTarget: 60, memoryUtilizationTarget: 75 } }
environments: { PROD: { performanceThresholds: { cpuUtilizationTarget: 65 } } }
`)
    const policy = policyFor(config, 'production', plainDeployment, tagged)
    expect(policy.mode).toBe('propose')
    expect(policy.thresholds).toEqual({
      cpuUtilizationTarget: 65,
      memoryUtilizationTarget: 75,
      responseTimeTargetMs: 500,
      throughputTargetPerMinute: 1000,
    })
  })

  it('only observes a group without an Environment tag, whatever its environment may do', () => {
    const config = configOf('mode: apply\nenvironments: { production: { mode: apply } }\n')
    const untagged = { name: 'web', environmentFrom: 'default' } as const
    expect(policyFor(config, 'production', plainDeployment, untagged).mode).toBe('observe')
    expect(policyFor(config, 'production', plainDeployment, tagged).mode).toBe('apply')
    const named = configOf('groups: { web: { mode: propose } }\n')
    expect(policyFor(named, 'production', plainDeployment, untagged).mode).toBe('propose')
  })

  it('S05: never switches live action on in development', () => {
    const config = configOf('mode: apply\ndefaults: { enableAutoScalingOptimization: true }\n')
    const open = { ...plainDeployment, enableAutoScalingOptimization: true }
    expect(policyFor(config, 'dev', open, tagged).enableAutoScalingOptimization).toBe(false)
  })

  it('takes the settings of a group: pin, ignore, criticality, tolerance', () => {
    const policyWith = (group: string) =>
      policyFor(configOf(`mode: apply\ngroups: { web: ${group} }\n`), 'staging', plainDeployment, tagged)
    expect(policyWith('{ pin: true, mode: apply }').mode).toBe('observe')
    expect(policyWith('{ ignore: true }')).toMatchObject({
      mode: 'observe',
      enableAutoScalingOptimization: false,
      enableCostOptimization: false,
    })
    expect(policyWith('{ criticality: high }').sizing).toMatchObject({ demandMargin: 1.15, zoneLoss: 'recover' })
    expect(policyWith('{ faultTolerant: true }').spot.faultTolerant).toBe(true)
    expect(policyWith('{ criticality: normal }').sizing.demandMargin).toBe(1.1)
  })

  it('S90: stops by the kill switch of the file, of the environment or of the deployment', () => {
    const stopped = (config: RepositoryConfig, deployment: DeploymentDefaults = plainDeployment) =>
      policyFor(config, 'production', deployment).killSwitch
    expect(stopped({})).toBe(false)
    expect(stopped({ killSwitch: true })).toBe(true)
    expect(stopped({ environments: { production: { killSwitch: true } } })).toBe(true)
    expect(
      stopped({ environments: { production: { killSwitch: false } } }, { ...plainDeployment, killSwitch: true }),
    ).toBe(true)
  })

  it('adds freezes up, as UTC instants', () => {
    const freeze = (from: string) => ({ from, until: '2027-01-02', why: 'x' })
    const config: RepositoryConfig = {
      defaults: { freezes: [freeze('2026-12-01')] },
      environments: { prod: { freezes: [freeze('2026-12-20')] } },
    }
    const deployment = { ...plainDeployment, environments: { production: { freezes: [freeze('2026-11-01')] } } }
    expect(policyFor(config, 'prod', deployment).freezes.map(({ from }) => from)).toEqual([
      '2026-11-01T00:00:00.000Z',
      '2026-12-01T00:00:00.000Z',
      '2026-12-20T00:00:00.000Z',
    ])
  })

  it('takes labels and metrics of the file', () => {
    const config = configOf('labels: [cost]\nreviewers: [ann]\nmetrics: { memoryNamespace: Custom }\n')
    const policy = policyFor(config, 'production', { ...plainDeployment, publishNamespace: 'Team/Trimtab' })
    expect(policy.pullRequests).toMatchObject({ labels: ['cost'], reviewers: ['ann'], openLimit: 5, newPerDay: 2 })
    expect(policy.metrics).toEqual({
      memoryNamespace: 'Custom',
      memoryMetric: 'mem_used_percent',
      responseTimeStatistic: 'p90',
      publishNamespace: 'Team/Trimtab',
    })
  })

  it('never lets a file widen what the deployment states', () => {
    const mode = fc.constantFrom('observe', 'propose', 'apply' as const)
    const settings = fc.record<EnvironmentSettings>(
      {
        mode,
        enableAutoScalingOptimization: fc.boolean(),
        enableCostOptimization: fc.boolean(),
        killSwitch: fc.boolean(),
        costThresholds: fc.record({ maxHourlyCost: fc.nat(200) }, { requiredKeys: [] }),
        scaleUp: fc.record(
          {
            degradedMinutes: fc.integer({ min: 10, max: 240 }),
            maxStepPercent: fc.integer({ min: 1, max: 100 }),
            cooldownMinutes: fc.integer({ min: 5, max: 1440 }),
            actionsPerDay: fc.nat(24),
          },
          { requiredKeys: [] },
        ),
      },
      { requiredKeys: [] },
    )
    const rank = ['observe', 'propose', 'apply']
    fc.assert(
      fc.property(settings, settings, settings, mode, fc.boolean(), (stated, defaults, own, ceiling, flag) => {
        const deployment: DeploymentDefaults = {
          modeCeiling: ceiling,
          enableAutoScalingOptimization: flag,
          environments: { production: stated },
          killSwitch: false,
        }
        const policy = policyFor({ mode: 'apply', defaults, environments: { prod: own } }, 'production', deployment)
        expect(rank.indexOf(policy.mode)).toBeLessThanOrEqual(rank.indexOf(ceiling))
        if (stated.mode) expect(rank.indexOf(policy.mode)).toBeLessThanOrEqual(rank.indexOf(stated.mode))
        if (!flag || stated.enableAutoScalingOptimization === false)
          expect(policy.enableAutoScalingOptimization).toBe(false)
        if (stated.enableCostOptimization === false) expect(policy.enableCostOptimization).toBe(false)
        if (stated.killSwitch) expect(policy.killSwitch).toBe(true)
        const cost = stated.costThresholds?.maxHourlyCost ?? Number.POSITIVE_INFINITY
        expect(policy.cost.maxHourlyCost).toBeLessThanOrEqual(cost)
        expect(policy.scaleUp.maxStepPercent).toBeLessThanOrEqual(stated.scaleUp?.maxStepPercent ?? 100)
        expect(policy.scaleUp.actionsPerDay).toBeLessThanOrEqual(stated.scaleUp?.actionsPerDay ?? 24)
        expect(policy.scaleUp.cooldownMinutes).toBeGreaterThanOrEqual(stated.scaleUp?.cooldownMinutes ?? 5)
        expect(policy.scaleUp.degradedMinutes).toBeGreaterThanOrEqual(stated.scaleUp?.degradedMinutes ?? 10)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('environmentOf', () => {
  it.each([
    [{ Environment: 'Prod' }, undefined, 'production', 'tag'],
    [{ environment: 'STAGE' }, undefined, 'staging', 'tag'],
    [{ ENVIRONMENT: 'stg' }, undefined, 'staging', 'tag'],
    [{ Environment: 'dev' }, undefined, 'development', 'tag'],
    [{ Environment: ' QA ' }, undefined, 'qa', 'tag'],
    [{ Environment: '' }, undefined, 'production', 'default'],
    [{ Name: 'web' }, undefined, 'production', 'default'],
    [{ Environment: 'prod' }, { environment: 'Stage' }, 'staging', 'configuration'],
  ] as const)('%j with %j is %s, from the %s', (tags, group, environment, from) => {
    expect(environmentOf(tags, group)).toEqual({ environment, from })
  })
})
