import { z } from 'zod'
import { type DocumentOf, faults, groupKey } from './document.js'

const proposal = z.strictObject({
  groupKey,
  recommendationId: z.string(),
  title: z.string(),
  body: z.string().nullable().describe('the text of the pull request; null where nothing is edited'),
  files: z.array(z.strictObject({ path: z.string(), patch: z.string().describe('unified diff') })),
  refused: z
    .strictObject({ reason: z.string(), hint: z.string().describe('what to change by hand') })
    .exactOptional()
    .describe('absent where there is a diff'),
})

/** What `preview --json` prints. */
export const previewSchema = z.strictObject({ proposals: z.array(proposal), faults })

export type PreviewRow = DocumentOf<typeof proposal>
