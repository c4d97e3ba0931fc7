import { z } from 'zod'

/** What `doctor --json` prints. */
export const doctorSchema = z.strictObject({
  checks: z.array(
    z.strictObject({
      name: z.string(),
      verdict: z.enum(['ok', 'warn', 'fail']).describe('warn leaves something out, fail stops work'),
      says: z.string(),
      mend: z.string().exactOptional().describe('what to do about it'),
    }),
  ),
})
