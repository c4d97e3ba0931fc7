import { z } from 'zod'
import { askedEnvironment, type DocumentOf, faults, groupKey, time } from './document.js'

const scalingGroup = z.strictObject({
  groupKey,
  environment: z.string(),
  instanceType: z.string().nullable().describe('null where attributes choose types, or it could not be read'),
  minSize: z.number().int(),
  desiredCapacity: z.number().int(),
  maxSize: z.number().int(),
  inService: z.number().int().describe('instances that serve'),
  healthy: z.number().int().describe('those of them that AWS calls healthy'),
  usedPercent: z.number().nullable().describe('in service ÷ maximum, percent; null where the maximum is 0'),
  policies: z
    .array(z.strictObject({ name: z.string(), kind: z.string(), enabled: z.boolean(), watches: z.string() }))
    .nullable()
    .describe('null where they could not be read'),
  suspendedProcesses: z.array(z.string()),
  lastActivity: z
    .strictObject({ startedAt: time, status: z.string(), description: z.string() })
    .nullable()
    .describe('null where there is none, or it could not be read'),
  liveScaleUp: z
    .strictObject({ reason: z.string(), detail: z.string() })
    .array()
    .describe('what holds every live scale-up now; empty where nothing of the group or its settings does'),
  unread: z.array(z.string()).describe('why something could not be read'),
})

/** What `scaling --json` prints. */
export const scalingSchema = z.strictObject({
  environment: askedEnvironment,
  groups: z.array(scalingGroup).describe('by groupKey'),
  faults,
})

export type ScalingGroup = DocumentOf<typeof scalingGroup>
export type ScalingDocument = DocumentOf<typeof scalingSchema>
