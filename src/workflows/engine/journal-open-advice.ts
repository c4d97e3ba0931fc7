import type { Recommendation } from '../../core/model/recommendation.js'
import type { Journal } from '../../ports.js'

/**
 * How much advice of an environment is open, a line for each type, priority and state that occurs: the stack's dashboard
 * reads it from the log.
 */
export function journalOpenAdvice(
  journal: Journal,
  environment: string,
  recommendations: readonly Recommendation[],
): void {
  const open = recommendations.filter((one) => one.environment === environment && one.status === 'PENDING')
  for (const [kind, count] of counted(open.map(kindOf))) {
    const [type, priority, state] = kind.split(' ')
    journal.outcome('recommendations open', { environment, type, priority, state, count })
  }
}

function kindOf({ type, priority, change }: Recommendation): string {
  return `${type} ${priority} ${change.state}`
}

function counted(kinds: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return counts
}
