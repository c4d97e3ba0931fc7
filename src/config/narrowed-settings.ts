import { environmentNameOf } from './environment-of.js'
import type { EnvironmentSettings } from './environment-settings.js'
import { type DeploymentDefaults, policyFor, settingsNamed } from './policy-for.js'
import type { RepositoryConfig } from './repository-config.js'

/**
 * What the file asks for in one environment and does not get, because the deployment or the shipped values are
 * ceilings; one sentence each, none where the file gets all it asks for.
 * @example narrowedSettings({ mode: 'apply' }, 'production', { ...plainDeployment, modeCeiling: 'propose' })
 * // ['production: mode apply is narrowed to propose by the deployment']
 */
export function narrowedSettings(
  config: RepositoryConfig,
  environment: string,
  deployment: DeploymentDefaults,
): readonly string[] {
  const name = environmentNameOf(environment)
  const policy = policyFor(config, name, deployment)
  const own = settingsNamed(config.environments, name)
  const asked = <T>(read: (settings: EnvironmentSettings) => T | undefined): T | undefined =>
    (own && read(own)) ?? (config.defaults && read(config.defaults))
  const settings: readonly (readonly [key: string, asked: unknown, given: unknown])[] = [
    ['mode', asked((settings) => settings.mode) ?? config.mode, policy.mode],
    ...flags.map((key) => [key, asked((settings) => settings[key]), policy[key]] as const),
    ['maxHourlyCost', asked((settings) => settings.costThresholds?.maxHourlyCost), policy.cost.maxHourlyCost],
    ...limits.map(
      (key) => [`scaleUp.${key}`, asked((settings) => settings.scaleUp?.[key]), policy.scaleUp[key]] as const,
    ),
    ['killSwitch', config.killSwitch ?? asked((settings) => settings.killSwitch), policy.killSwitch],
  ]
  return settings
    .filter(([, wanted, given]) => wanted !== undefined && wanted !== given)
    .map(([key, wanted, given]) => `${name}: ${key} ${wanted} is narrowed to ${given} by the deployment`)
}

const flags = ['enableAutoScalingOptimization', 'enableCostOptimization', 'enablePerformanceMonitoring'] as const
const limits = ['degradedMinutes', 'maxStepPercent', 'cooldownMinutes', 'actionsPerDay'] as const
