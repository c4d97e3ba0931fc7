import { isOpen } from '../model/change.js'
import { type Hold, hold } from '../model/hold.js'
import type { Recommendation } from '../model/recommendation.js'

/** The hold that the change's own life imposes: a no, a pause, an end, or work that is already going on. */
export function changeHold(recommendation: Recommendation, now: Date): Hold | undefined {
  const { state, declined, snoozedUntil, why } = recommendation.change
  if (state === 'declined') return hold('declined', declined ? refusal(declined) : 'raised again on new evidence only')
  if (state === 'snoozed' && !(snoozedUntil !== undefined && now.getTime() >= Date.parse(snoozedUntil))) {
    return hold('snoozed', `until ${snoozedUntil ?? 'a person wakes it'}; /trimtab recheck wakes it now`)
  }
  if (state === 'failed' || state === 'rolledBack')
    return hold('failed-recently', why ?? 'its new instances did not become healthy')
  if (!isOpen(state)) return hold('superseded', why ?? `this change has ended: ${state}`)
  if (inFlight.includes(state)) return hold('change-in-flight', `this change is ${state}; it is being followed`)
  return undefined
}

const inFlight: readonly string[] = ['applying', 'rollingBack', 'merged', 'deployed']

function refusal(declined: { readonly by: string; readonly at: string; readonly because?: string }): string {
  const because = declined.because === undefined ? '' : `, because ${declined.because}`
  return `by ${declined.by} at ${declined.at}${because}; raised again on materially new evidence only`
}
