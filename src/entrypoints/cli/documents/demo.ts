import { z } from 'zod'
import { runSchema } from './run.js'

const pullRequest = z.strictObject({
  number: z.number().int(),
  title: z.string(),
  state: z.enum(['open', 'closed', 'merged']),
  headBranch: z.string(),
  body: z.string(),
  files: z.array(z.strictObject({ path: z.string(), patch: z.string() })),
})

const issue = z.strictObject({ number: z.number().int(), title: z.string(), state: z.enum(['open', 'closed']) })

/** What `demo --json` prints: the state at the end of the story. */
export const demoSchema = runSchema
  .pick({ groups: true, recommendations: true, decisions: true, applied: true })
  .extend({
    pullRequests: z.array(pullRequest).describe('by number'),
    issues: z.array(issue).describe('by number'),
    api: z.record(z.string(), z.number().int()).describe('calls by service:Operation or github:METHOD /path'),
  })
