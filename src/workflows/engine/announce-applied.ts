import type { Recommendation } from '../../core/model/recommendation.js'
import type { Deps } from '../deps.js'
import { announceOutcome } from './announce.js'

/**
 * Tells the performance topic how a live change ended, and remembers that it was told: a run that dies in between
 * leaves it to the next one, which may say it twice but never not at all.
 */
export async function announceApplied(
  deps: Pick<Deps, 'recommendations' | 'telemetry' | 'journal' | 'clock'>,
  { id }: Pick<Recommendation, 'id'>,
): Promise<void> {
  const row = await deps.recommendations.find(id)
  if (!row || !isUntold(row)) return
  const { application, why } = row.change
  if (!application?.result) return
  const text = `capacity ${application.from} → ${application.to}: ${application.result}${why ? `, ${why}` : ''}`
  if (!(await announceOutcome(deps, row, text))) return
  const announcedAt = deps.clock.now().toISOString()
  await deps.recommendations.save({
    ...row,
    change: { ...row.change, application: { ...application, announcedAt } },
  })
}

/** Whether a live change has ended and nobody was told yet. */
export function isUntold({ change }: Recommendation): boolean {
  return change.application?.result !== undefined && change.application.announcedAt === undefined
}
