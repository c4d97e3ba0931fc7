import { describe, expect, it } from '@jest/globals'
import { narrowedSettings } from '../../src/config/narrowed-settings.js'
import { plainDeployment } from '../../src/config/policy-for.js'

describe('narrowedSettings', () => {
  it('names every wish that a ceiling denies', () => {
    const deployment = {
      ...plainDeployment,
      modeCeiling: 'propose' as const,
      killSwitch: true,
      environments: { production: { costThresholds: { maxHourlyCost: 30 }, scaleUp: { cooldownMinutes: 60 } } },
    }
    const config = {
      mode: 'apply' as const,
      killSwitch: false,
      environments: { prod: { costThresholds: { maxHourlyCost: 90 }, scaleUp: { cooldownMinutes: 10 } } },
    }
    expect(narrowedSettings(config, 'production', deployment)).toEqual([
      'production: mode apply is narrowed to propose by the deployment',
      'production: maxHourlyCost 90 is narrowed to 30 by the deployment',
      'production: scaleUp.cooldownMinutes 10 is narrowed to 60 by the deployment',
      'production: killSwitch false is narrowed to true by the deployment',
    ])
  })

  it('names the shipped ceiling of development', () => {
    const config = { defaults: { enableAutoScalingOptimization: true } }
    expect(narrowedSettings(config, 'dev', plainDeployment)).toEqual([
      'development: enableAutoScalingOptimization true is narrowed to false by the deployment',
    ])
  })

  it('says nothing where the file gets what it asks for, or asks for nothing', () => {
    const limits = { scaleUp: { maxStepPercent: 20 }, costThresholds: { maxHourlyCost: 200 } }
    expect(narrowedSettings({ mode: 'apply', defaults: limits }, 'production', plainDeployment)).toEqual([])
    const strict = { ...plainDeployment, environments: { production: { costThresholds: { maxHourlyCost: 5 } } } }
    expect(narrowedSettings({}, 'production', strict)).toEqual([])
  })
})
