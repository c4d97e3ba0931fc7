import { z } from 'zod'
import type { DocumentOf } from './document.js'

const fault = z.strictObject({
  line: z.number().int(),
  path: z.string().describe('keys from the top, with dots; empty where the whole file is meant'),
  message: z.string(),
  didYouMean: z.string().exactOptional(),
})

/** What `config check --json` prints. */
export const configSchema = z.strictObject({ file: z.string(), valid: z.boolean(), faults: z.array(fault) })

export type ConfigDocument = DocumentOf<typeof configSchema>
