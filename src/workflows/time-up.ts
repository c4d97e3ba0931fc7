import { TrimtabError } from '../core/model/errors.js'
import type { AnalysisFault } from './analyse/group-analysis.js'
import type { AnalysisDeps } from './deps.js'

/** Whether the run is to end after the step it is in. */
export function timeIsUp({ deadline }: Pick<AnalysisDeps, 'deadline'>): boolean {
  return deadline !== undefined && deadline.leftMs() <= 0
}

/** What a run that ended early left to the next one, in words such as `2 of 5 groups were not analysed`. */
export function leftUndone(what: string): AnalysisFault {
  return { scope: 'run', error: new TrimtabError('interrupted', `the run was stopped: ${what}; the next run goes on`) }
}

/** Whether a fault only says that the run ended early. */
export function isLeftUndone({ error }: AnalysisFault): boolean {
  return error instanceof TrimtabError && error.code === 'interrupted'
}

/** The faults with the news that the run ended early told once, by the first that saw it. */
export function stoppedOnce(faults: readonly AnalysisFault[]): readonly AnalysisFault[] {
  const first = faults.find(isLeftUndone)
  return faults.filter((fault) => !isLeftUndone(fault) || fault === first)
}
