import { z } from 'zod'
import { groupKey, settings, time, usdPerMonth } from './document.js'

const halfHours = z.array(z.number().nullable()).describe('48 means of 30 minutes; null without demand')

const zoneLoss = z.strictObject({
  kind: z.enum(['survives', 'recovers', 'breaches', 'not-tested']),
  breachMinutes: z.number().exactOptional(),
  replacementMinutes: z.number().exactOptional(),
  why: z.string().exactOptional(),
})

const replayed = z.strictObject({
  configuration: settings,
  steps: z.number().int().describe('steps with demand'),
  instances: z.strictObject({ lowest: z.number(), mean: z.number(), highest: z.number() }),
  cpu: z.strictObject({ mean: z.number(), p995: z.number(), worst: z.number(), worstAt: time }),
  memoryWorst: z.number().exactOptional(),
  networkWorst: z.number().exactOptional(),
  responseTime: z
    .strictObject({ milliseconds: z.number(), steps: z.number().int(), seenAt: time })
    .exactOptional()
    .describe('recorded at the CPU of the busiest steps'),
  minutesAbove90: z.number().describe('on demand × margin'),
  minutesAbove100: z.number().describe('on demand × margin'),
  instanceHours: z.number(),
  usdPerMonth: usdPerMonth.exactOptional().describe('absent where the type has no price'),
  price: z.strictObject({ usdPerHour: z.number(), source: z.string(), asOf: z.string() }).exactOptional(),
  zoneLoss,
  loadToSurvived: z.number().describe('largest demand on one instance ÷ the most that one carried'),
  worstDay: z.strictObject({ day: z.string(), demand: halfHours, capacity: halfHours }),
})

/** What `backtest --json` prints. */
export const backtestSchema = z.strictObject({
  groupKey,
  settings,
  window: z.strictObject({ startAt: time, periodSeconds: z.number(), steps: z.number().int() }),
  today: replayed,
  proposed: replayed,
  safe: z.boolean(),
  violations: z.array(z.strictObject({ kind: z.string(), sentence: z.string() })),
  monthlyUsd: usdPerMonth.nullable().describe('over 0 saves, under 0 costs; null where a price is unknown'),
})
