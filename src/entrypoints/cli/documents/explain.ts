import { z } from 'zod'
import { priorities, recommendationTypes } from '../../../core/model/recommendation.js'
import { type DocumentOf, groupKey, settings, time, usdPerMonth } from './document.js'

const percent = z.number().describe('0–100')
const known = z.number().nullable().describe('null without data')

const sample = z.strictObject({
  signal: z.string(),
  unit: z.string(),
  coveragePercent: percent
    .nullable()
    .describe('share of the steps that have a value; null where the series is unknown'),
  missing: z.string().nullable().describe('why the series is unknown'),
})

const usage = z.strictObject({
  metric: z.string(),
  mean: z.number(),
  p95: z.number(),
  p995: z.number(),
  max: z.number(),
  maxAt: time,
})

const score = z.strictObject({
  score: percent,
  band: z.string(),
  current: known,
  efficiency: known,
  overallBand: z.string(),
  diagnosis: z.string(),
  bottlenecks: z.array(z.string()),
  factors: z.array(
    z.strictObject({
      name: z.string(),
      mark: known,
      weightPercent: percent.describe('as designed'),
      sharePercent: percent.describe('as given, after re-weighting over what is known'),
      missing: z.string().nullable(),
    }),
  ),
  notes: z.array(z.string()),
})

const demand = z.strictObject({
  instanceType: z.string(),
  vcpus: z.number(),
  memoryGiB: z.number(),
  knownSteps: z.number().int(),
  meanVcpus: z.number(),
  p95Vcpus: z.number(),
  p995Vcpus: z.number(),
  highestVcpus: z.number(),
  highestAt: time,
  inServiceLowest: z.number(),
  inServiceMean: z.number(),
  inServiceHighest: z.number(),
  survivedVcpus: z.number().describe('the most vCPUs that one instance carried'),
  censoredMinutes: z.number().describe('minutes in which more may have been wanted than could be used'),
  memory: z.enum(['measured', 'unknown']),
  scaling: z.array(z.string()).describe('how the replay lets capacity follow the demand'),
})

const replayFigures = z
  .strictObject({
    instances: z.strictObject({ lowest: z.number(), mean: z.number(), highest: z.number() }),
    cpuMean: percent,
    cpuP995: percent,
    cpuWorst: percent,
    cpuWorstAt: time,
    memoryWorst: known,
    minutesAbove90: z.number().describe('on demand × margin'),
    minutesAbove100: z.number().describe('on demand × margin'),
    zoneLoss: z.string(),
    instanceHours: z.number(),
    usdPerMonth: usdPerMonth.nullable(),
  })
  .nullable()
  .describe('null where nothing was replayed')

const considered = z.strictObject({
  round: z.number().int(),
  property: z.string(),
  from: settings,
  to: settings,
  usdPerMonth,
  usdSaved: usdPerMonth.describe('against what its round began with'),
  verdict: z.enum(['chosen', 'unsafe', 'not-worth-it', 'not-cheapest']),
  why: z.string(),
})

const hold = z.strictObject({ reason: z.string(), sentence: z.string(), detail: z.string() })

const check = z.strictObject({
  check: z.string(),
  verdict: z.enum(['passed', 'held']),
  met: z.string().nullable().describe('what was read, as JSON; null for checks of the advice itself'),
  hold: hold.nullable(),
})

const advice = z.strictObject({
  recommendationId: z.string().nullable().describe('null where it is not recorded'),
  type: z.enum(recommendationTypes),
  property: z.string(),
  priority: z.enum(priorities),
  description: z.string(),
  from: settings,
  to: settings,
  monthlyUsd: usdPerMonth.describe('over 0 saves, under 0 costs'),
  monthlyUsdRange: z.tuple([z.number(), z.number()]).nullable(),
  replay: replayFigures,
  priceSource: z.string().nullable(),
  notes: z.array(z.string()),
  reproduce: z.string().describe('the command that prints the same numbers'),
  decision: z
    .strictObject({ kind: z.enum(['hold', 'propose', 'apply']), reason: z.string(), detail: z.string().nullable() })
    .nullable()
    .describe('null where no run has decided'),
  checks: z.array(check).describe('every check of the ladder, in order; the first that holds decides'),
})

const code = z.strictObject({
  place: z
    .strictObject({
      repository: z.string(),
      file: z.string(),
      line: z.number().int(),
      address: z.string(),
      format: z.string(),
    })
    .nullable(),
  missing: z.string().nullable().describe('why the code is not known'),
})

/** What `explain --json` prints: the chain from samples to decision. */
export const explainSchema = z.strictObject({
  groupKey,
  environment: z.string(),
  environmentFrom: z.enum(['tag', 'configuration', 'default']),
  from: z.enum(['recorded inputs', 'a look now']),
  at: time.describe('when it was computed'),
  window: z.strictObject({ startAt: time, endAt: time, periodSeconds: z.number(), steps: z.number().int() }),
  samples: z.array(sample),
  usage: z.array(usage),
  score: score.nullable(),
  noScore: z.string().nullable(),
  demand: demand.nullable(),
  today: replayFigures,
  noReplay: hold.nullable().describe('why nothing can be replayed, or why no candidate was'),
  considered: z.array(considered).describe('candidates in the order in which they were tried'),
  guardrails: z.array(z.strictObject({ setting: z.string(), value: z.string() })),
  advice: z.array(advice),
  noAdvice: hold.nullable(),
  price: z.strictObject({ usdPerHour: z.number(), source: z.string(), asOf: z.string() }).nullable(),
  code,
})

export type ExplainDocument = DocumentOf<typeof explainSchema>
export type ExplainedAdvice = DocumentOf<typeof advice>
export type ExplainedCheck = DocumentOf<typeof check>
export type ReplayFigures = DocumentOf<typeof replayFigures>
