import { z } from 'zod'
import { type DocumentOf, faults, groupKey } from './document.js'

/** What `init --json` prints. */
export const initSchema = z.strictObject({
  file: z.string().nullable().describe('what was written; null where it was only printed'),
  text: z.string().describe('the configuration'),
  groups: z.array(
    z.strictObject({ groupKey, environment: z.string(), environmentFrom: z.enum(['tag', 'configuration', 'default']) }),
  ),
  faults,
})

export type InitDocument = DocumentOf<typeof initSchema>
