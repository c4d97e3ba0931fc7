import type { Group } from '../core/model/group.js'
import type { FreezeWindow, Mode, Policy } from '../core/model/policy.js'
import { hoursPerMonth } from '../core/model/units.js'
import { environmentNameOf } from './environment-of.js'
import { type CompleteSettings, presetOf, shippedMetrics } from './environment-presets.js'
import { type EnvironmentSettings, hoursOf, mode as modeSchema } from './environment-settings.js'
import type { GroupSettings } from './group-settings.js'
import type { RepositoryConfig } from './repository-config.js'

/**
 * What the deployment (construct properties, environment variables) says: defaults where a repository says nothing, and
 * ceilings that a repository can only narrow. Undefined flags leave the shipped value of the environment as the ceiling.
 */
export interface DeploymentDefaults {
  /** The boldest mode that any repository may choose. */
  readonly modeCeiling: Mode
  readonly enableAutoScalingOptimization?: boolean | undefined
  readonly enableCostOptimization?: boolean | undefined
  readonly enablePerformanceMonitoring?: boolean | undefined
  /** Settings by environment name: thresholds are defaults; flags, cost and live-action limits are ceilings. */
  readonly environments: Readonly<Record<string, EnvironmentSettings>>
  readonly killSwitch: boolean
  readonly publishNamespace?: string | undefined
}

/** A deployment that sets nothing: shipped values, any mode. */
export const plainDeployment: DeploymentDefaults = { modeCeiling: 'apply', environments: {}, killSwitch: false }

/** What of a group decides its settings. */
export type GroupIdentity = Pick<Group, 'name' | 'environmentFrom'>

/**
 * Every setting that holds for one environment, or one group of it. Later wins: shipped values, the deployment, the
 * file's `defaults`, its environment, its group; then the deployment's ceilings narrow. `config` is undefined where no
 * file was read: then the mode is observe. A group without an Environment tag is observed unless the file names it.
 */
export function policyFor(
  config: RepositoryConfig | undefined,
  environment: string,
  deployment: DeploymentDefaults,
  group?: GroupIdentity,
): Policy {
  const name = environmentNameOf(environment)
  const fromDeployment = settingsNamed(deployment.environments, name)
  const base = layered(presetOf(name), fromDeployment)
  const written = layered(
    layered(base, { pullRequests: { labels: config?.labels, reviewers: config?.reviewers } }),
    config?.defaults,
    settingsNamed(config?.environments, name),
  )
  const own =
    group && config?.groups && Object.hasOwn(config.groups, group.name) ? config.groups[group.name] : undefined
  const settings = forGroup(narrowed(written, base, fromDeployment, deployment), own)
  const mode = chosenMode(config, name, group, own)
  return toPolicy(name, settings, {
    promoteFrom: own?.promoteFrom,
    mode: least(mode, deployment.modeCeiling, fromDeployment?.mode),
    killSwitch: settings.killSwitch || deployment.killSwitch || config?.killSwitch === true,
    metrics: {
      ...shippedMetrics,
      ...present({ publishNamespace: deployment.publishNamespace }),
      ...present(config?.metrics),
    },
  })
}

function chosenMode(
  config: RepositoryConfig | undefined,
  name: string,
  group: GroupIdentity | undefined,
  own: GroupSettings | undefined,
): Mode {
  if (own?.pin || own?.ignore) return 'observe'
  if (own?.mode) return own.mode
  if (group?.environmentFrom === 'default') return 'observe'
  return settingsNamed(config?.environments, name)?.mode ?? config?.defaults?.mode ?? config?.mode ?? 'observe'
}

/** Ceilings: what the deployment states (for flags also what is shipped) is never widened by a repository. */
function narrowed(
  written: CompleteSettings,
  base: CompleteSettings,
  stated: EnvironmentSettings | undefined,
  deployment: DeploymentDefaults,
): CompleteSettings {
  const flag = (key: 'enableAutoScalingOptimization' | 'enableCostOptimization' | 'enablePerformanceMonitoring') =>
    written[key] && base[key] && deployment[key] !== false
  const { scaleUp, costThresholds } = written
  return {
    ...written,
    enableAutoScalingOptimization: flag('enableAutoScalingOptimization'),
    enableCostOptimization: flag('enableCostOptimization'),
    enablePerformanceMonitoring: flag('enablePerformanceMonitoring'),
    costThresholds: {
      ...costThresholds,
      maxHourlyCost: lower(costThresholds.maxHourlyCost, stated?.costThresholds?.maxHourlyCost),
    },
    scaleUp: {
      ...scaleUp,
      degradedMinutes: higher(scaleUp.degradedMinutes, stated?.scaleUp?.degradedMinutes),
      maxStepPercent: lower(scaleUp.maxStepPercent, stated?.scaleUp?.maxStepPercent),
      cooldownMinutes: higher(scaleUp.cooldownMinutes, stated?.scaleUp?.cooldownMinutes),
      actionsPerDay: lower(scaleUp.actionsPerDay, stated?.scaleUp?.actionsPerDay),
    },
    killSwitch: written.killSwitch || base.killSwitch,
  }
}

/** A group's own settings: `ignore` switches all advice off, `criticality: high` asks production's care. */
function forGroup(settings: CompleteSettings, own: GroupSettings | undefined): CompleteSettings {
  if (own === undefined) return settings
  const off = own.ignore ? { enableAutoScalingOptimization: false, enableCostOptimization: false } : {}
  const spot = { ...settings.spot, faultTolerant: own.faultTolerant ?? settings.spot.faultTolerant }
  return { ...settings, ...off, spot, sizing: own.criticality === 'high' ? careful(settings.sizing) : settings.sizing }
}

function careful(sizing: CompleteSettings['sizing']): CompleteSettings['sizing'] {
  const care = presetOf('production').sizing
  return {
    ...sizing,
    demandMargin: Math.max(sizing.demandMargin, care.demandMargin),
    strainSharePercent: Math.min(sizing.strainSharePercent, care.strainSharePercent),
    zoneLoss: sizing.zoneLoss === 'ignore' ? care.zoneLoss : sizing.zoneLoss,
    staticPercentile: Math.max(sizing.staticPercentile, care.staticPercentile),
    staticHeadroomPercent: Math.max(sizing.staticHeadroomPercent, care.staticHeadroomPercent),
  }
}

function toPolicy(
  environment: string,
  settings: CompleteSettings,
  decided: Pick<Policy, 'mode' | 'killSwitch' | 'metrics' | 'promoteFrom'>,
): Policy {
  const { performanceThresholds: targets, costThresholds: cost } = settings
  return {
    environment,
    ...decided,
    enableAutoScalingOptimization: settings.enableAutoScalingOptimization,
    enableCostOptimization: settings.enableCostOptimization,
    enablePerformanceMonitoring: settings.enablePerformanceMonitoring,
    analysisIntervalHours: hoursOf(settings.analysisInterval),
    thresholds: {
      cpuUtilizationTarget: targets.cpuUtilizationTarget,
      memoryUtilizationTarget: targets.memoryUtilizationTarget,
      responseTimeTargetMs: targets.responseTimeTarget,
      throughputTargetPerMinute: targets.throughputTarget,
    },
    cost: { ...cost, monthlyBudget: cost.monthlyBudget ?? cost.maxHourlyCost * hoursPerMonth },
    window: settings.window,
    scaleUp: settings.scaleUp,
    sizing: settings.sizing,
    saving: settings.saving,
    spot: settings.spot,
    pullRequests: settings.pullRequests,
    freezes: settings.freezes.map(toFreeze),
  }
}

function toFreeze(freeze: { readonly from: string; readonly until: string; readonly why: string }): FreezeWindow {
  const utc = (text: string) => new Date(Date.parse(text)).toISOString()
  return { from: utc(freeze.from), until: utc(freeze.until), why: freeze.why }
}

/** Later layers win, section by section and key by key; lists are replaced whole, but freezes add up. */
function layered(base: CompleteSettings, ...layers: readonly (EnvironmentSettings | undefined)[]): CompleteSettings {
  const merged: Record<string, unknown> = { ...base }
  for (const layer of layers)
    for (const [key, value] of Object.entries(present(layer))) {
      const isSection = typeof value === 'object' && value !== null && !Array.isArray(value)
      merged[key] = isSection ? { ...(merged[key] as object), ...present(value) } : value
    }
  const freezes = [base, ...layers].flatMap((layer) => layer?.freezes ?? [])
  return { ...(merged as unknown as CompleteSettings), freezes }
}

/** The settings of an environment under any spelling of its name. */
export function settingsNamed(
  environments: Readonly<Record<string, EnvironmentSettings>> | undefined,
  name: string,
): EnvironmentSettings | undefined {
  return Object.entries(environments ?? {}).find(([key]) => environmentNameOf(key) === name)?.[1]
}

function present<T extends object>(value: T | undefined): { [Key in keyof T]: NonNullable<T[Key]> } {
  const entries = Object.entries(value ?? {}).filter(([, item]) => item !== undefined)
  return Object.fromEntries(entries) as { [Key in keyof T]: NonNullable<T[Key]> }
}

function least(...modes: readonly (Mode | undefined)[]): Mode {
  return modeSchema.options.find((mode) => modes.includes(mode)) ?? 'observe'
}

function lower(written: number, ceiling: number | undefined): number {
  return ceiling === undefined ? written : Math.min(written, ceiling)
}

function higher(written: number, floor: number | undefined): number {
  return floor === undefined ? written : Math.max(written, floor)
}
