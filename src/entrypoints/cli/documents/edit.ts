import { z } from 'zod'
import { refusalSentences } from '../../../core/model/code.js'
import type { DocumentOf } from './document.js'

const reasons = Object.keys(refusalSentences) as [keyof typeof refusalSentences]
const site = z.strictObject({ file: z.string(), line: z.number().int(), text: z.string() })

/** What `edit --json` prints. */
export const editSchema = z.strictObject({
  outcome: z.enum(['edit', 'refuse']),
  reason: z.enum(reasons).nullable().describe('why nothing is edited; null for an edit'),
  hint: z.string().nullable().describe('what to change by hand; null for an edit'),
  edits: z
    .array(z.strictObject({ file: z.string(), startLine: z.number().int(), before: z.string(), after: z.string() }))
    .describe('whole lines without their line end; empty for a refusal'),
  path: z.array(site).describe('the way from the attribute to the value; for a refusal the lines that say why'),
})

export type EditDocument = DocumentOf<typeof editSchema>
