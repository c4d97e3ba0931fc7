import { z } from 'zod'
import { runOptimization } from '../../workflows/pass/run-optimization.js'
import { failedParts } from './run-faults.js'
import { wireFunction } from './wire-function.js'

/** Decides on what is recorded, proposes or applies it, follows and verifies what was done. */
export const handler = wireFunction({
  name: 'optimization-engine',
  event: z.strictObject({ task: z.literal('optimize') }),
  expects: '{"task":"optimize"}',
  // A live addition is watched for minutes; the next run goes on with one that is not done.
  reserveMs: 60_000,
  work: async (deps) => {
    const { decisions, applied, proposed, faults } = await runOptimization(deps)
    const done = { decided: decisions.length, applied: applied.length, proposed: proposed.length }
    const failed = failedParts(faults, done.decided + done.applied + done.proposed)
    deps.journal.outcome('recommendations decided', { ...done, failed: failed.length })
    return { ...done, failed }
  },
})
