import { z } from 'zod'
import { type DocumentOf, groupKey, time } from './document.js'

const leaf = z.union([z.string(), z.number(), z.boolean(), z.null()])

/** What `replay --json` prints. */
export const replaySchema = z.strictObject({
  id: z.string(),
  changeId: z.string(),
  groupKey,
  recordedAt: time,
  window: z.strictObject({ startAt: time, endAt: time }),
  decidedAt: time.nullable().describe('null where no run has decided about it'),
  figures: z.number().int().describe('figures compared: scorecard, advice, back-tests, decision'),
  same: z.boolean(),
  differences: z.array(
    z.strictObject({
      figure: z.string().describe('where it stands in the outcome'),
      recorded: leaf.describe('null where it was not there'),
      recomputed: leaf.describe('null where it is not there'),
    }),
  ),
})

export type ReplayDocument = DocumentOf<typeof replaySchema>
