import {
  type Advice,
  type Priority,
  priorities,
  type RecommendationType,
  type RiskLevel,
  recommendationTypes,
} from '../model/recommendation.js'

export interface PriorityCase {
  readonly type: RecommendationType
  readonly monthlyUsd: number
  readonly costSavingsPercent: number
  readonly riskLevel: RiskLevel
  /** Work was or is late: minutes over the limits were recorded. */
  readonly breaching: boolean
}

const highUsd = 200
const highPercent = 20
const lowUsd = 50

/**
 * HIGH: capacity is missing now, or a low-risk change saves at least $200 a month and 20 % of the group.
 * LOW: saves under $50 a month, or tunes a group in which nothing breached. MEDIUM: everything else.
 */
export function priorityOf({ type, monthlyUsd, costSavingsPercent, riskLevel, breaching }: PriorityCase): Priority {
  if (type === 'SCALE_UP') return 'HIGH'
  if (type === 'PERFORMANCE_TUNING') return breaching ? 'MEDIUM' : 'LOW'
  if (riskLevel === 'LOW' && monthlyUsd >= highUsd && costSavingsPercent >= highPercent) return 'HIGH'
  return monthlyUsd < lowUsd ? 'LOW' : 'MEDIUM'
}

/** A total and stable order: priority, type, dollars (most first), group, property. Fit for `sort`. */
export function compareAdvice(
  one: Pick<Advice, 'priority' | 'type' | 'monthlyUsd' | 'groupKey' | 'property'>,
  other: Pick<Advice, 'priority' | 'type' | 'monthlyUsd' | 'groupKey' | 'property'>,
): number {
  return (
    priorities.indexOf(one.priority) - priorities.indexOf(other.priority) ||
    recommendationTypes.indexOf(one.type) - recommendationTypes.indexOf(other.type) ||
    Math.abs(other.monthlyUsd) - Math.abs(one.monthlyUsd) ||
    other.monthlyUsd - one.monthlyUsd ||
    compareText(one.groupKey, other.groupKey) ||
    compareText(one.property, other.property)
  )
}

function compareText(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1
}
