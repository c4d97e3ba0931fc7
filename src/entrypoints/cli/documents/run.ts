import { z } from 'zod'
import { analyzeSchema } from './analyze.js'
import { groupKey, settings } from './document.js'

const applied = z.strictObject({
  groupKey,
  from: settings,
  to: settings,
  result: z.enum(['succeeded', 'rolledBack', 'failed']),
})

const proposed = z.strictObject({
  groupKey,
  recommendationId: z.string(),
  repository: z.string().describe('owner/name'),
  number: z.number().int(),
  kind: z.enum(['pull-request', 'by-hand', 'write-back']),
})

/** What `run --json` prints: what `analyze` prints, and what was done. */
export const runSchema = analyzeSchema.extend({
  applied: z.array(applied).describe('live changes that ended in this run'),
  proposed: z.array(proposed).describe('pull requests and issues that were opened or brought up to date'),
})
