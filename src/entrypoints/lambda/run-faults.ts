import { TrimtabError } from '../../core/model/errors.js'
import type { AnalysisFault } from '../../workflows/analyse/group-analysis.js'
import { isLeftUndone } from '../../workflows/time-up.js'

/** A part that failed alone, as a function answers it. */
export interface Failed {
  readonly scope: string
  readonly why: string
}

/** Codes of faults that are everyone's: nothing more could have been done with these credentials, or this network. */
const wholeCodes: readonly string[] = ['credentials', 'unreachable', 'configuration']

/**
 * What failed of a run that did something. Throws the first fault that concerns the whole where nothing was done: a run
 * that could do nothing is a failed call.
 */
export function failedParts(faults: readonly AnalysisFault[], done: number): readonly Failed[] {
  const whole = faults.find(({ error }) => error instanceof TrimtabError && wholeCodes.includes(error.code))
  if (whole && done === 0) throw whole.error
  return faults.filter((fault) => !isLeftUndone(fault)).map(({ scope, error }) => ({ scope, why: error.message }))
}
