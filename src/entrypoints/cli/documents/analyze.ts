import { z } from 'zod'
import { priorities, recommendationTypes, statuses } from '../../../core/model/recommendation.js'
import { type DocumentOf, faults, groupKey, settings, time } from './document.js'

const group = z.strictObject({
  groupKey,
  environment: z.string(),
  score: z.number().nullable().describe('performance score over the window, 0–100; null without data'),
  efficiency: z.number().nullable().describe('efficiency rating, 0–100; null without data'),
  diagnosis: z.enum(['wasteful', 'balanced', 'saturated']).nullable(),
})

/** One recommendation as every command prints it. */
export const recommendation = z.strictObject({
  id: z.string(),
  timestamp: time.describe('first recording'),
  type: z.enum(recommendationTypes),
  priority: z.enum(priorities),
  groupKey,
  from: settings,
  to: settings,
  monthlyUsd: z.number().describe('dollars a month; over 0 saves, under 0 costs'),
  status: z.enum(statuses),
})

const decision = z.strictObject({
  groupKey,
  kind: z.enum(['hold', 'propose', 'apply']),
  reason: z.string(),
})

/** What `analyze --json` prints: sorted, so that the same world gives the same text. */
export const analyzeSchema = z.strictObject({
  groups: z.array(group).describe('by groupKey'),
  recommendations: z.array(recommendation).describe('by groupKey and id'),
  decisions: z.array(decision).describe('one for each recommendation, or one for a group without any'),
  faults,
})

export type GroupRow = DocumentOf<typeof group>
export type RecommendationRow = DocumentOf<typeof recommendation>
export type DecisionRow = DocumentOf<typeof decision>
export type PassDocument = DocumentOf<typeof analyzeSchema>
