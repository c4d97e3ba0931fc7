import { changeIdOf, recommendationIdOf } from '../../../core/model/identity.js'
import type { Advice, Recommendation } from '../../../core/model/recommendation.js'
import {
  declineHolds,
  firstRow,
  isExpired,
  nextRevision,
  type RecordingRules,
  recordingOf,
  recordingRules,
} from '../../../core/model/recording.js'
import type { Clock, RecommendationQuery, Recommendations } from '../../../ports.js'

/** Recommendations in memory, for `analyze`, `preview` and tests: what is stored is copied in, and never changed after. */
export function createLocalRecommendations(clock: Clock, rules: RecordingRules = recordingRules): Recommendations {
  const rows = new Map<string, Recommendation>()

  function write(next: Recommendation): Recommendation {
    const stored = nextRevision(structuredClone(next), clock.now(), rules)
    rows.set(stored.id, stored)
    return stored
  }

  return {
    async record(advice, at) {
      const changes = changesOf(rows.values(), advice)
      const newest = changes.at(-1)
      const recording = newest && recordingOf(newest, advice, at)
      if (newest && recording?.kind === 'keep') return { kind: 'known', recommendation: newest }
      if (recording?.kind === 'update') return { kind: 'known', recommendation: write(recording.next) }
      if (recording?.kind === 'raise' && recording.retire) write(recording.retire)
      const declined = lastNo(changes, advice)
      if (declined && declineHolds(declined, advice, at, rules)) {
        return { kind: 'known', recommendation: declined }
      }
      const generation = newest ? newest.generation + 1 : 1
      const changeId = changeIdOf(advice.groupKey, advice.property, generation)
      const id = recommendationIdOf(advice.type, changeId)
      const row = structuredClone(firstRow(advice, { changeId, generation, id, timestamp: at.toISOString() }, declined))
      rows.set(id, row)
      return { kind: 'new', recommendation: row }
    },

    async find(id) {
      const row = rows.get(id)
      return row && !isExpired(row, clock.now()) ? row : undefined
    },

    async list(query) {
      const now = clock.now()
      const listed = [...rows.values()].filter((row) => !isExpired(row, now) && wanted(query, row))
      return listed.sort(newestFirst).slice(0, query.limit ?? 20)
    },

    async save(next) {
      return rows.get(next.id)?.revision === next.revision ? write(next) : undefined
    },
  }
}

/** Every change of the advice's (group, property), oldest generation first, expired ones included. */
function changesOf(rows: Iterable<Recommendation>, advice: Advice): readonly Recommendation[] {
  const same = [...rows].filter((row) => row.groupKey === advice.groupKey && row.property === advice.property)
  return same.sort((a, b) => a.generation - b.generation)
}

/** The last no to advice of this type, unless a later change of the type was merged. */
function lastNo(changes: readonly Recommendation[], advice: Advice): Recommendation | undefined {
  const answered = changes.filter(
    (row) => row.type === advice.type && (row.change.state === 'declined' || row.change.mergedAt !== undefined),
  )
  const last = answered.at(-1)
  return last?.change.state === 'declined' ? last : undefined
}

function wanted(query: RecommendationQuery, row: Recommendation): boolean {
  return (['type', 'priority', 'status', 'groupKey'] as const).every(
    (key) => query[key] === undefined || query[key] === row[key],
  )
}

function newestFirst(a: Recommendation, b: Recommendation): number {
  if (a.timestamp !== b.timestamp) return a.timestamp < b.timestamp ? 1 : -1
  return a.id < b.id ? -1 : 1
}
