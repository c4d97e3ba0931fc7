import type { GroupKey } from '../../core/model/group.js'
import type { GroupReport } from '../../core/model/group-report.js'
import { holdReasons } from '../../core/model/hold.js'
import type { Recommendation } from '../../core/model/recommendation.js'
import { changesInWords } from '../../core/proposal/settings-words.js'
import type { Topic } from '../../ports.js'
import type { AnalysisFault } from '../analyse/group-analysis.js'
import type { Deps } from '../deps.js'
import { announceFindings } from '../engine/announce.js'
import { readEstate } from '../estate/read-estate.js'
import { runPerformance } from './run-performance.js'

/** Groups that something called for, outside the schedule. */
export interface Call {
  readonly keys: readonly GroupKey[]
  /** What called for them, such as `CPU at or above 85 % for 15 minutes`. */
  readonly why: string
  /** Who is told what was found. */
  readonly topic: Topic
}

export interface Answer {
  readonly analysed: number
  readonly faults: readonly AnalysisFault[]
}

/** A message names no more groups than this; the rest are in the table. */
const mostNamed = 20

/** Analyses the named groups at once, records what is found, and tells it in one message. */
export async function analyseNow(deps: Deps, { keys, why, topic }: Call): Promise<Answer> {
  if (keys.length === 0) return { analysed: 0, faults: [] }
  const estate = await readEstate(deps, deps.homeRepository)
  const selection = { ...deps.selection, keys }
  const { reports, recommendations, faults } = await runPerformance({ ...deps, selection }, estate)
  if (reports.length > 0) {
    const lines = reports.slice(0, mostNamed).map((report) => lineOf(report, recommendations))
    const more = reports.length > mostNamed ? [`and ${reports.length - mostNamed} more`] : []
    await announceFindings(deps, topic, `${why}: ${named(reports)}`, [...lines, ...more].join('\n'))
  }
  return { analysed: reports.length, faults }
}

function named(reports: readonly GroupReport[]): string {
  const [first] = reports
  return reports.length === 1 && first ? first.group.name : `${reports.length} groups`
}

/** @example lineOf(report, rows) // 'shop-web: score 48, saturated (cpu); desired 4 → 6' */
function lineOf({ group, scored, hold, advised }: GroupReport, rows: readonly Recommendation[]): string {
  const own = rows.filter(({ id }) => advised?.includes(id))
  const advice = own.map(({ from, to, description }) => changesInWords(from, to) || description)
  const next = advice.length > 0 ? advice.join(', ') : hold ? holdReasons[hold.reason] : 'no advice'
  if (scored.kind === 'unscored') return `${group.name}: no score (${scored.why}); ${next}`
  const { currentScore, diagnosis, bottlenecks } = scored.scorecard
  const score = currentScore === undefined ? 'no score now' : `score ${currentScore.toFixed(0)}`
  return `${group.name}: ${score}, ${diagnosis}${bottlenecks.length > 0 ? ` (${bottlenecks.join(', ')})` : ''}; ${next}`
}
