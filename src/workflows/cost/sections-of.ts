import { breakdownOf } from '../../core/cost/breakdown.js'
import { calibrationOf } from '../../core/cost/calibration.js'
import { mondayOf } from '../../core/cost/iso-week.js'
import { longerLooksOf } from '../../core/cost/periods.js'
import type { CostReport } from '../../core/model/cost.js'
import { holdReasons } from '../../core/model/hold.js'
import { type Recommendation, recommendationTypes } from '../../core/model/recommendation.js'
import {
  breakdownSection,
  type CostSection,
  capacitySection,
  commitmentsSection,
  efficiencySection,
  monthsSection,
  promisesSection,
  typesSection,
} from '../../core/proposal/cost-sections.js'
import { changesInWords } from '../../core/proposal/settings-words.js'
import type { GroupAnalysis } from '../analyse/analyse-fleet.js'
import { monthLookOf, quarterLookOf } from './longer-looks-of.js'

/** What the folded parts of a page are made of. */
export interface CostFindings {
  readonly rows: readonly Recommendation[]
  readonly groups: readonly GroupAnalysis[]
  readonly report: CostReport | undefined
  /** ISO week of the page. */
  readonly week: string
}

/** S17: below this a group is named with what becomes of it. */
const lowEfficiency = 60

/** The folded parts of a page; the month's and the quarter's stand on the first Monday of theirs. */
export function sectionsOf(findings: CostFindings): readonly CostSection[] {
  const { rows, groups, report, week } = findings
  const monday = mondayOf(week)
  const looks = longerLooksOf(monday)
  const month = monday.slice(0, 7)
  const sections = [
    looks.monthly ? monthLookOf(findings, month) : undefined,
    looks.quarterly ? quarterLookOf(findings, month) : undefined,
    capacitySection(groups.flatMap(growing)),
    efficiencySection(groups.flatMap((analysis) => inefficient(analysis, rows))),
    promisesSection(recommendationTypes.flatMap((type) => calibrationOf(type, rows) ?? [])),
    commitmentsSection(groups.flatMap(coverable)),
    typesSection(
      groups.filter(({ types }) => types.length > 0).map(({ group, types }) => ({ group: group.name, types })),
    ),
    report && breakdownSection('Cost by service', breakdownOf(report.byService)),
    report && breakdownSection('EC2 cost by usage type', breakdownOf(report.byUsageType)),
    report && monthsSection(report.months, month),
  ]
  return sections.filter((section) => section !== undefined)
}

function growing({ group, forecast }: GroupAnalysis) {
  return forecast ? [{ group: group.name, maxSize: group.maxSize, ...forecast }] : []
}

function coverable({ group, commitment }: GroupAnalysis) {
  return commitment?.kind === 'cover' ? [{ group: group.name, ...commitment }] : []
}

function inefficient({ group, scored, hold }: GroupAnalysis, rows: readonly Recommendation[]) {
  const efficiency = scored.kind === 'scored' ? scored.scorecard.efficiency : undefined
  if (scored.kind === 'unscored' || efficiency === undefined || efficiency >= lowEfficiency) return []
  const open = rows.find(({ groupKey, status }) => groupKey === group.groupKey && status === 'PENDING')
  const next = open ? changesInWords(open.from, open.to) || open.description : holdWords(hold)
  return [{ group: group.name, efficiency, diagnosis: scored.scorecard.diagnosis, next }]
}

function holdWords(hold: GroupAnalysis['hold']): string {
  return hold ? `${holdReasons[hold.reason]} (${hold.detail})` : 'no advice'
}
