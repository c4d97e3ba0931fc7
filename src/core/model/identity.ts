import { createHash } from 'node:crypto'
import type { GroupKey } from './group.js'
import type { Property, RecommendationType } from './recommendation.js'

/**
 * The name of one change: the same advice gives the same name, whoever computes it and however often.
 * The generation rises when the earlier change of this (group, property) has ended.
 * @example changeIdOf('123456789012/us-east-1/shop-web', 'minSize', 1).length // 12
 */
export function changeIdOf(groupKey: GroupKey, property: Property, generation: number): string {
  return shortHash(`${groupKey}\n${property}\n${generation}`)
}

/** Twelve hex digits of SHA-256. */
export function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12)
}

const prefixes: Readonly<Record<RecommendationType, string>> = {
  SCALE_UP: 'up',
  SCALE_DOWN: 'down',
  INSTANCE_TYPE_CHANGE: 'type',
  COST_OPTIMIZATION: 'cost',
  PERFORMANCE_TUNING: 'tune',
}

/** The table's partition key of a recommendation, e.g. `down-1f3c9a0b77aa`. */
export function recommendationIdOf(type: RecommendationType, changeId: string): string {
  return `${prefixes[type]}-${changeId}`
}
