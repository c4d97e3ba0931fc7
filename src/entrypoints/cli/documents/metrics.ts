import { z } from 'zod'
import { askedEnvironment, type DocumentOf, faults, groupKey } from './document.js'

export const figure = z
  .strictObject({ value: z.number().describe('rounded to one decimal'), status: z.string().describe('its band') })
  .nullable()
  .describe('null where there is no data; the reason is in `missing`')

const metricsGroup = z.strictObject({
  groupKey,
  environment: z.string(),
  cpuAverage: figure.describe('mean CPU over the period, percent'),
  cpuMaximum: figure.describe('highest CPU of the period, percent'),
  score: figure.describe('performance score of the last three complete 5-minute points, 0–100'),
  efficiency: figure.describe('efficiency rating of the same points, 0–100'),
  overall: figure.describe('mean of score and efficiency'),
  missing: z.array(z.string()).describe('why figures are null, one sentence for each reason'),
})

/** What `metrics --json` prints. */
export const metricsSchema = z.strictObject({
  environment: askedEnvironment,
  periodHours: z.number().int().describe('hours that the CPU figures cover'),
  worst: groupKey.nullable().describe('the group with the lowest overall figure; null where none is known'),
  groups: z.array(metricsGroup).describe('by groupKey'),
  faults,
})

export type Figure = DocumentOf<typeof figure>
export type MetricsGroup = DocumentOf<typeof metricsGroup>
export type MetricsDocument = DocumentOf<typeof metricsSchema>
