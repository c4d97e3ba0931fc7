import type { InstanceType } from '../model/instance-type.js'
import type { Factor, FactorName, UsageSummary } from '../model/scorecard.js'
import type { Signals } from '../model/signals.js'
import type { Percent } from '../model/units.js'
import { knownSeries } from './known-series.js'

const factorWords: Readonly<Record<FactorName, string>> = {
  cpu: 'CPU',
  memory: 'memory',
  capacity: 'capacity',
  responseTime: 'response time',
}

/** Coverage of CPU under which the scorecard says that its figures rest on part of the window. */
const fullCoveragePercent = 95

/** What the notes are written from. */
export interface NotesInput {
  readonly signals: Signals
  readonly factors: readonly Factor[]
  readonly efficiency: Percent | undefined
  readonly type: InstanceType | undefined
  readonly cpuUse: UsageSummary
}

/** Plain sentences on what was missing and what it changed; may quote outside text. Empty where nothing was missing. */
export function notesOf(input: NotesInput): readonly string[] {
  return [...factorNotes(input), ...efficiencyNotes(input), ...typeNotes(input), ...coverageNotes(input)]
}

function factorNotes({ factors }: NotesInput): readonly string[] {
  const known = factors.filter((factor) => factor.mark !== undefined).map((factor) => factorWords[factor.name])
  return factors
    .filter((factor) => factor.mark === undefined)
    .map(
      (factor) =>
        `${factorWords[factor.name]} is unknown (${factor.missing}): the score is re-weighted over ${known.join(', ')}`,
    )
}

function efficiencyNotes({ signals, efficiency }: NotesInput): readonly string[] {
  if (efficiency === undefined) return ['the maximum size is 0: there is no efficiency rating']
  const notes: string[] = []
  if (knownSeries(signals, 'memory').kind === 'unknown') notes.push('efficiency counts CPU alone: memory is unknown')
  if (knownSeries(signals, 'inService').kind === 'unknown')
    notes.push('efficiency uses the instances in service now: their number over the window was not recorded')
  return notes
}

function typeNotes({ signals, type }: NotesInput): readonly string[] {
  if (type?.networkBaselineGbps !== undefined) return []
  const measured =
    knownSeries(signals, 'networkIn').kind === 'known' || knownSeries(signals, 'networkOut').kind === 'known'
  return measured ? ['network was not judged: the baseline bandwidth of the instance type is unknown'] : []
}

function coverageNotes({ cpuUse }: NotesInput): readonly string[] {
  if (cpuUse.coveragePercent >= fullCoveragePercent) return []
  return [`CPU is known in ${cpuUse.coveragePercent.toFixed(1)} % of the window: the figures rest on those steps alone`]
}
