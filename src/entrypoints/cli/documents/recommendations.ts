import { z } from 'zod'
import { changeStates } from '../../../core/model/change.js'
import { recommendation } from './analyze.js'
import { askedEnvironment, type DocumentOf, faults } from './document.js'

/** Rows that other tools wrote by the table's public shape may lack figures and use words of their own. */
export const storedRecommendation = recommendation.extend({
  type: z.string().describe('SCALE_UP, SCALE_DOWN, INSTANCE_TYPE_CHANGE, COST_OPTIMIZATION or PERFORMANCE_TUNING'),
  priority: z.string().describe('HIGH, MEDIUM or LOW'),
  status: z.string().describe('PENDING, COMPLETED or FAILED'),
  environment: z.string(),
  description: z.string(),
  monthlyUsd: recommendation.shape.monthlyUsd.nullable(),
  changeState: z.enum(changeStates).describe('how far the change has come'),
  why: z.string().nullable().describe('why it is where it is: the hold, the refusal, the failure'),
  page: z.string().nullable().describe('owner/name#number of its pull request or issue'),
})

/** What `recommendations --json` prints. */
export const recommendationsSchema = z.strictObject({
  environment: askedEnvironment,
  matching: z.number().int().describe('how many match, the ones beyond the limit included'),
  recommendations: z.array(storedRecommendation).describe('newest first'),
  faults,
})

export type StoredRecommendation = DocumentOf<typeof storedRecommendation>
export type RecommendationsDocument = DocumentOf<typeof recommendationsSchema>
