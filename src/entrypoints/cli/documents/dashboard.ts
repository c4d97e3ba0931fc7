import { z } from 'zod'
import { askedEnvironment, type DocumentOf, faults, groupKey, time, usdPerMonth } from './document.js'
import { figure } from './metrics.js'
import { storedRecommendation } from './recommendations.js'

const history = z.array(z.number().nullable()).describe('5-minute points, oldest first; null where there is no data')

const dashboardGroup = z.strictObject({
  groupKey,
  environment: z.string(),
  score: figure.describe('performance score of the last three complete 5-minute points, 0–100'),
  efficiency: figure.describe('efficiency rating of the same points, 0–100'),
  cpuTarget: z.number().describe('percent'),
  cpu: history.describe('mean CPU, percent: 5-minute points, oldest first; null where there is no data'),
  minSize: z.number().int(),
  inService: z.number().int(),
  desiredCapacity: z.number().int(),
  maxSize: z.number().int(),
  missing: z.array(z.string()).describe('why figures are null'),
})

/** What `dashboard --json` prints. */
export const dashboardSchema = z.strictObject({
  at: time,
  application: z.string(),
  environment: askedEnvironment,
  hours: z.number().int().describe('how far back the histories go'),
  score: history.describe('lowest score of the groups at each point; null where there is no data'),
  groups: z.array(dashboardGroup).describe('lowest score first, those without one last'),
  advice: z
    .strictObject({
      open: z.number().int(),
      byState: z.array(z.strictObject({ state: z.string(), count: z.number().int() })),
      top: z.array(storedRecommendation).describe('at most three, by priority and what they are worth'),
      applied: z.number().int().describe('live scale-ups that succeeded'),
      undone: z.number().int().describe('live scale-ups that failed or were rolled back'),
      ledger: z.strictObject({
        identified: usdPerMonth,
        proposed: usdPerMonth,
        merged: usdPerMonth,
        verified: usdPerMonth,
      }),
    })
    .nullable()
    .describe('null where the table could not be read; the reason is in `missing`'),
  alarms: z
    .strictObject({
      prefix: z.string(),
      found: z.array(z.strictObject({ name: z.string(), state: z.string(), since: time })).describe('by name'),
    })
    .nullable()
    .describe('null where they could not be read; the reason is in `missing`'),
  missing: z.array(z.string()).describe('what could not be read, a sentence each'),
  faults,
})

export type DashboardGroup = DocumentOf<typeof dashboardGroup>
export type DashboardDocument = DocumentOf<typeof dashboardSchema>
