import { type Change, type ChangeState, isOpen } from './change.js'
import { recommendationIdOf } from './identity.js'
import type { Advice, Recommendation } from './recommendation.js'
import { dayMs } from './units.js'

/** How long ended changes and refusals are kept, and how much better advice must be to be raised again after a no. */
export interface RecordingRules {
  readonly closedDays: number
  readonly declinedDays: number
  /** A declined change is raised again when its saving has grown by this factor. */
  readonly reraiseFactor: number
}

/** DESIGN.md rule 4 and section 6. */
export const recordingRules: RecordingRules = { closedDays: 30, declinedDays: 180, reraiseFactor: 1.5 }

/** A live change that failed is tried again after this long: what made it fail needs a person, not another try. */
export const retryAfterMs = 7 * dayMs

/** What to do with advice for which this (group, property) already has a change. */
export type Recording =
  | { readonly kind: 'keep' }
  | { readonly kind: 'update'; readonly next: Recommendation }
  /** The earlier change has ended; `retire` is written first where it was still open. */
  | { readonly kind: 'raise'; readonly retire?: Recommendation }

/** States in which a change is past re-planning: its numbers are those it was applied or merged with. */
const settledStates: readonly ChangeState[] = ['applying', 'rollingBack', 'merged', 'deployed']

/**
 * What `advice` means to the newest stored change of its (group, property). An ended one gives way to a new
 * generation, an open one takes the new numbers, and an open one of another type (a scale-up where a scale-down was
 * advised) is superseded.
 */
export function recordingOf(stored: Recommendation, advice: Advice, at: Date): Recording {
  const { state } = stored.change
  if (failedRecently(stored, at) || isOutdated(advice, stored)) return { kind: 'keep' }
  if (isExpired(stored, at) || !isOpen(state)) return { kind: 'raise' }
  if (settledStates.includes(state) || sameAdvice(stored, advice)) return { kind: 'keep' }
  if (stored.type === advice.type) return { kind: 'update', next: withAdvice(stored, advice) }
  const why = `${advice.type} is advised now, from newer evidence`
  return {
    kind: 'raise',
    retire: { ...stored, status: 'FAILED', change: { ...stored.change, state: 'superseded', why } },
  }
}

/** Advice from a look that was taken before a live change ended says nothing about the group as that change left it. */
function isOutdated({ evidence }: Advice, { change }: Recommendation): boolean {
  const endedAt = change.application?.resultAt
  return endedAt !== undefined && Date.parse(evidence.windowEndAt) < Date.parse(endedAt)
}

function failedRecently({ change }: Recommendation, at: Date): boolean {
  const failedAt = ['failed', 'rolledBack'].includes(change.state) ? change.application?.resultAt : undefined
  return failedAt !== undefined && at.getTime() - Date.parse(failedAt) < retryAfterMs
}

/**
 * Whether a no that a person gave to advice of the same type still holds: its time is not over, and the saving has not
 * grown by the factor. A refused cost has no saving to grow: it holds for its whole time.
 */
export function declineHolds(declined: Recommendation, advice: Advice, at: Date, rules: RecordingRules): boolean {
  if (declined.change.state !== 'declined' || isExpired(declined, at)) return false
  const no = declined.change.declined
  const then = no ? no.monthlyUsd : declined.monthlyUsd
  return !(then > 0 && advice.monthlyUsd >= then * (no?.reraiseFactor ?? rules.reraiseFactor))
}

/** The row of a new change. A refusal that it overrides travels with it, so that its page can quote it. */
export function firstRow(
  advice: Advice,
  claim: { readonly changeId: string; readonly generation: number; readonly id?: string; readonly timestamp: string },
  declined?: Recommendation,
): Recommendation {
  const earlier = declined?.change.declined
  const change: Change = earlier ? { state: 'recorded', declined: earlier } : { state: 'recorded' }
  return {
    ...adviceOf(advice),
    id: claim.id ?? recommendationIdOf(advice.type, claim.changeId),
    timestamp: claim.timestamp,
    changeId: claim.changeId,
    generation: claim.generation,
    status: 'PENDING',
    change,
    revision: 1,
    updatedAt: claim.timestamp,
  }
}

/** The row as it is written at `at`: next revision, and a ttl (epoch seconds) exactly while the change is not open. */
export function nextRevision(row: Recommendation, at: Date, rules: RecordingRules): Recommendation {
  const { ttl: _, ...rest } = row
  const written = { ...rest, revision: row.revision + 1, updatedAt: at.toISOString() }
  if (isOpen(row.change.state)) return written
  return { ...written, ttl: Math.ceil(keptUntil(row, at, rules) / 1000) }
}

/** Milliseconds until which an ended change is kept: a no for its own time, anything else for `closedDays`. */
function keptUntil({ change }: Recommendation, at: Date, rules: RecordingRules): number {
  if (change.state !== 'declined' || !change.declined) return at.getTime() + rules.closedDays * dayMs
  const { at: declinedAt, untilAt } = change.declined
  return untilAt === undefined ? Date.parse(declinedAt) + rules.declinedDays * dayMs : Date.parse(untilAt)
}

/** Whether the ttl (epoch seconds) has passed: such a row is as good as deleted, even where it is still there. */
export function isExpired(row: { readonly ttl?: number }, at: Date): boolean {
  return row.ttl !== undefined && row.ttl * 1000 <= at.getTime()
}

function withAdvice(stored: Recommendation, advice: Advice): Recommendation {
  const { monthlyUsdRange: _, ...rest } = stored
  return { ...rest, ...adviceOf(advice) }
}

function sameAdvice(stored: Recommendation, advice: Advice): boolean {
  return canonical(adviceOf(stored)) === canonical(adviceOf(advice))
}

/** The advice's own fields, whatever else the object carries. */
function adviceOf(advice: Advice): Advice {
  return {
    type: advice.type,
    priority: advice.priority,
    property: advice.property,
    groupKey: advice.groupKey,
    environment: advice.environment,
    description: advice.description,
    from: advice.from,
    to: advice.to,
    monthlyUsd: advice.monthlyUsd,
    ...(advice.monthlyUsdRange ? { monthlyUsdRange: advice.monthlyUsdRange } : {}),
    expectedImpact: advice.expectedImpact,
    implementation: advice.implementation,
    evidence: advice.evidence,
  }
}

/** JSON with sorted keys, so that equal values give equal text. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}
