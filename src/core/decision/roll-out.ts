import type { ChangeState } from '../model/change.js'
import { groupNameOf } from '../model/group.js'
import type { Recommendation } from '../model/recommendation.js'
import { dayMs } from '../model/units.js'

/** Advice on the paired group that nobody acted on for so long holds nothing back in production. */
export const promotionPatienceDays = 14

const productionWord = /(?<=^|[-_./])(production|prod)(?=$|[-_./])/i
const stagingWords = ['staging', 'stage', 'stg'] as const

/**
 * The names under which the staging twin of a production group is looked for: the configured one alone, else its own
 * name with the environment's word changed. Empty outside production.
 * @example twinNames({ environment: 'production', groupKey: '1/r/shop-production-asg' }, undefined)[0] // 'shop-staging-asg'
 */
export function twinNames(
  { environment, groupKey }: Pick<Recommendation, 'environment' | 'groupKey'>,
  promoteFrom: string | undefined,
): readonly string[] {
  if (environment !== 'production') return []
  if (promoteFrom !== undefined) return [promoteFrom]
  const name = groupNameOf(groupKey)
  return productionWord.test(name) ? stagingWords.map((word) => name.replace(productionWord, word)) : []
}

/**
 * The same kind of change on the staging twin that is still to prove itself, so that production waits for it. Undefined
 * where there is no twin, no such advice, or an end of it: a no in staging is no verdict on production.
 */
export function unprovedInStaging(
  recommendation: Recommendation,
  rows: readonly Recommendation[],
  { promoteFrom, now }: { readonly promoteFrom: string | undefined; readonly now: Date },
): Recommendation | undefined {
  return onTwin(recommendation, rows, promoteFrom).find(
    ({ change, timestamp }) =>
      underWay.includes(change.state) ||
      (change.state === 'recorded' && now.getTime() - Date.parse(timestamp) < promotionPatienceDays * dayMs),
  )
}

/** The same kind of change on the staging twin whose promise was measured and kept. */
export function provedInStaging(
  recommendation: Recommendation,
  rows: readonly Recommendation[],
  promoteFrom: string | undefined,
): Recommendation | undefined {
  return onTwin(recommendation, rows, promoteFrom).find(({ change }) => change.state === 'verified')
}

/** Changes that replace instances and are on their way in the same environment and repository. */
export function replacementsUnderWay(
  recommendation: Recommendation,
  rows: readonly Recommendation[],
): readonly Recommendation[] {
  if (!replacesInstances(recommendation)) return []
  return rows.filter(
    (row) =>
      row.id !== recommendation.id &&
      row.environment === recommendation.environment &&
      replacesInstances(row) &&
      underWay.includes(row.change.state),
  )
}

const underWay: readonly ChangeState[] = ['claimed', 'proposed', 'merged', 'deployed']

function onTwin(
  recommendation: Recommendation,
  rows: readonly Recommendation[],
  promoteFrom: string | undefined,
): readonly Recommendation[] {
  const names = twinNames(recommendation, promoteFrom)
  return rows.filter(
    ({ groupKey, type, property }) =>
      names.includes(groupNameOf(groupKey)) &&
      groupKey !== recommendation.groupKey &&
      type === recommendation.type &&
      property === recommendation.property,
  )
}

function replacesInstances({ property }: Recommendation): boolean {
  return property === 'instanceType' || property === 'spotMix'
}
