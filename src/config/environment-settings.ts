import { z } from 'zod'

/** What Trimtab may do by itself, least first. */
export const mode = z.enum(['observe', 'propose', 'apply'])

const percent = z.number().min(0).max(100)
const target = z.number().min(1).max(100)

function described<T extends z.ZodType>(type: T, description: string) {
  return type.optional().meta({ description })
}

const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?Z)?$/, 'a UTC time such as 2026-12-20 or 2026-12-20T18:00Z')
  .refine((text) => !Number.isNaN(Date.parse(text)), 'a date of the calendar')

const freeze = z
  .strictObject({
    from: day.meta({ description: 'First moment of the freeze; a date alone is its midnight.' }),
    until: day.meta({ description: 'First moment after the freeze; a date alone is its midnight.' }),
    why: z.string().min(1).max(200).meta({ description: 'Shown where something is held because of it.' }),
  })
  .refine(({ from, until }) => Date.parse(from) < Date.parse(until), 'until to be later than from')

const performanceThresholds = z.strictObject({
  cpuUtilizationTarget: described(target, 'CPU use, in percent, that the environment aims at.'),
  memoryUtilizationTarget: described(target, 'Memory use, in percent, that the environment aims at.'),
  responseTimeTarget: described(z.number().min(1).max(600_000), 'Response time of the load balancer, in milliseconds.'),
  throughputTarget: described(z.number().min(1).max(1e9), 'Requests a minute that the environment is meant to carry.'),
})

const costThresholds = z.strictObject({
  maxHourlyCost: described(z.number().min(0).max(1e6), 'Dollars an hour that the managed groups may cost together.'),
  utilizationThreshold: described(percent, 'Mean of CPU and memory from which a group gets no down or type advice.'),
  monthlyBudget: described(z.number().min(0).max(1e9), 'Dollars a month; unless set, maxHourlyCost × 730.'),
})

const window = z.strictObject({
  lookbackDays: described(
    z.number().int().min(7).max(63).multipleOf(7),
    'Days of metrics that advice rests on: whole weeks.',
  ),
  daysBeforeAdvice: described(
    z.number().int().min(7).max(63),
    'Full days of data needed before down, type or spot advice.',
  ),
  minCoveragePercent: described(
    z.number().min(50).max(100),
    'Share of the steps that must hold CPU data before advice.',
  ),
})

const scaleUp = z.strictObject({
  degradedMinutes: described(
    z.number().int().min(10).max(240),
    'Minutes without a break that a group must be degraded.',
  ),
  maxStepPercent: described(z.number().min(1).max(100), 'Largest live step, in percent of the instances in service.'),
  cooldownMinutes: described(z.number().int().min(5).max(1440), 'Minutes between two live actions on a group.'),
  actionsPerDay: described(z.number().int().min(0).max(24), 'Live actions on a group in a day.'),
  healthTimeoutMinutes: described(
    z.number().int().min(1).max(120),
    'Minutes in which added instances must become healthy.',
  ),
  leaseMinutes: described(z.number().int().min(1).max(60), 'Minutes for which a run holds a group.'),
})

const sizing = z.strictObject({
  demandMargin: described(z.number().min(1).max(3), 'Factor on the recorded demand before it is replayed.'),
  strainPercent: described(z.number().min(50).max(100), 'Use above which a replayed step counts as strained.'),
  strainSharePercent: described(z.number().min(0).max(10), 'Share of strained steps that a safe candidate may have.'),
  zoneLoss: described(
    z.enum(['recover', 'hold', 'ignore']),
    'Loss of a zone at the worst hour: recover allows a breach until replacements serve, hold allows none.',
  ),
  memoryUnknown: described(
    z.enum(['survivedLoad', 'hold', 'ignore']),
    'Without memory data: advice within the load that was survived, no advice, or advice without that limit.',
  ),
  staticPercentile: described(
    z.number().min(50).max(100),
    'Percentile of maxima that sizes a group without a scaling policy.',
  ),
  staticHeadroomPercent: described(z.number().min(0).max(200), 'Headroom on that percentile.'),
})

const saving = z.strictObject({
  minSharePercent: described(percent, 'Smallest saving worth a change, in percent of the cost of the group.'),
  minUsdPerMonth: described(z.number().min(0).max(1e6), 'Smallest saving worth a change, in dollars a month.'),
  minSavingToDisruption: described(
    z.number().min(0).max(100),
    'Saving share ÷ disruption share that a change must reach.',
  ),
  rollingDisruptionFactor: described(
    z.number().min(0).max(1),
    'How much of a rolling replacement counts as disruption.',
  ),
})

const spot = z.strictObject({
  minTypes: described(z.number().int().min(1).max(40), 'Suitable instance types needed for spot advice.'),
  minZones: described(z.number().int().min(1).max(10), 'Zones needed for spot advice.'),
  onDemandBaseCapacity: described(z.number().int().min(0).max(1000), 'Instances that stay on demand.'),
  faultTolerant: described(z.boolean(), 'Whether the workloads stand interruptions; spot advice needs it.'),
})

const pullRequests = z.strictObject({
  openLimit: described(z.number().int().min(0).max(50), 'Pull requests open at the same time in a repository.'),
  newPerDay: described(z.number().int().min(0).max(50), 'New pull requests a day in a repository.'),
  replacementsAtOnce: described(
    z.number().int().min(0).max(50),
    'Changes of type or to spot that may be under way at once in an environment: one wave after the other.',
  ),
  declinedDays: described(z.number().int().min(1).max(3650), 'Days for which a closed pull request means no.'),
  reraiseFactor: described(
    z.number().min(1).max(100),
    'Growth of the saving at which declined advice is raised again.',
  ),
  labels: described(z.array(z.string().min(1).max(50)).max(20), 'Labels of pull requests of this environment.'),
  reviewers: described(z.array(z.string().min(1).max(140)).max(15), 'People and teams asked to review.'),
})

/** Settings of an environment as people write them: every key optional. Durations are written 30m, 1h or 1d. */
export const environmentSettings = z.strictObject({
  mode: described(mode, 'What Trimtab may do in this environment.'),
  enableAutoScalingOptimization: described(
    z.boolean(),
    'SCALE_UP advice and live action; can only be switched off here.',
  ),
  enableCostOptimization: described(
    z.boolean(),
    'Down, type, spot and off-hours advice; can only be switched off here.',
  ),
  enablePerformanceMonitoring: described(z.boolean(), 'Scores, metrics and alarms; can only be switched off here.'),
  analysisInterval: described(
    z.string().regex(/^([1-9]\d?[hd]|[1-9]\d{1,3}m)$/, 'a duration of 10 minutes or more, such as 30m, 1h or 1d'),
    'Time between two analyses.',
  ),
  performanceThresholds: described(performanceThresholds, 'Targets of the environment.'),
  costThresholds: described(costThresholds, 'Limits on cost.'),
  window: described(window, 'How much history advice rests on.'),
  scaleUp: described(scaleUp, 'Limits of live action.'),
  sizing: described(sizing, 'How careful a replayed configuration must be.'),
  saving: described(saving, 'What makes a change worth its disruption.'),
  spot: described(spot, 'When spot is advised.'),
  pullRequests: described(pullRequests, 'Limits and manners of pull requests.'),
  freezes: described(z.array(freeze).max(100), 'Periods in which nothing is proposed or applied.'),
  killSwitch: described(z.boolean(), 'With true, nothing is proposed or applied in this environment.'),
})

export type EnvironmentSettings = z.output<typeof environmentSettings>

/**
 * Hours of a duration as the configuration writes it.
 * @example hoursOf('90m') // 1.5
 */
export function hoursOf(duration: string): number {
  const amount = Number.parseInt(duration, 10)
  return duration.endsWith('m') ? amount / 60 : duration.endsWith('d') ? amount * 24 : amount
}
