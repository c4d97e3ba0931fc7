import { z } from 'zod'
import { recommendation } from './analyze.js'
import { askedEnvironment, type DocumentOf, faults, groupKey, time, usdPerMonth } from './document.js'

const groupCost = z.strictObject({
  groupKey,
  environment: z.string(),
  monthlyUsd: usdPerMonth.nullable().describe('instance-hours × price of 730 hours; null where one is unknown'),
  openSavingUsd: usdPerMonth.nullable().describe('the largest open saving; null where there is none'),
})

const accountCost = z.strictObject({
  month: z.string().describe('the month that is projected'),
  projectedUsd: z.number(),
  plusMinusUsd: z.number().describe('half of the 95 % interval'),
  budgetUsd: z.number().describe("the groups' budget for a month"),
  overBudget: z.boolean(),
  trend: z.string().nullable().describe('null where too few days are settled'),
  settledUntil: z.string().describe('last day that Cost Explorer had settled'),
  filter: z.string().describe('what Cost Explorer was asked for'),
  readAt: time,
})

/** What `cost --json` prints. */
export const costSchema = z.strictObject({
  environment: askedEnvironment,
  monthlyUsd: usdPerMonth.nullable().describe('of the groups whose cost is known; null where none is'),
  potentialPercent: z.number().nullable().describe('open savings, combined, in percent of that; null with it'),
  groups: z.array(groupCost).describe('dearest first'),
  account: accountCost.nullable().describe("the account's month from Cost Explorer; null where it is unknown"),
  savings: z.array(recommendation).describe('open advice that saves, largest first'),
  missing: z.array(z.string()).describe('why figures are null'),
  faults,
})

export type CostDocument = DocumentOf<typeof costSchema>
