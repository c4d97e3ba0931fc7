import { breakdownOf } from '../../core/cost/breakdown.js'
import { calibrationOf } from '../../core/cost/calibration.js'
import { mondayOf } from '../../core/cost/iso-week.js'
import { longerLooksOf } from '../../core/cost/periods.js'
import type { CostReport } from '../../core/model/cost.js'
import type { GroupReport } from '../../core/model/group-report.js'
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
import { monthLookOf, quarterLookOf } from './longer-looks-of.js'

/** What the folded parts of a page are made of. */
export interface CostFindings {
  readonly rows: readonly Recommendation[]
  readonly groups: readonly GroupReport[]
  readonly report: CostReport | undefined
  /** ISO week of the page. */
  readonly week: string
  /** The day on which the page is written, `2026-11-23`. */
  readonly today: string
}

/** S17: below this a group is named with what becomes of it. */
const lowEfficiency = 60

/** The folded parts of a page. */
export function sectionsOf(findings: CostFindings): readonly CostSection[] {
  const { rows, groups, report, week, today } = findings
  const looks = longerLooksOf(mondayOf(week), today)
  const sections = [
    looks && monthLookOf(findings, looks.running),
    looks?.quarterly ? quarterLookOf(findings, looks.running) : undefined,
    capacitySection(groups.flatMap(growing)),
    efficiencySection(groups.flatMap((analysis) => inefficient(analysis, rows))),
    promisesSection(recommendationTypes.flatMap((type) => calibrationOf(type, rows) ?? [])),
    commitmentsSection(groups.flatMap(coverable)),
    typesSection(
      groups.filter(({ types }) => types.length > 0).map(({ group, types }) => ({ group: group.name, types })),
    ),
    report && breakdownSection('Cost by service', breakdownOf(report.byService)),
    report && breakdownSection('EC2 cost by usage type', breakdownOf(report.byUsageType)),
    report && monthsSection(report.months, today.slice(0, 7)),
  ]
  return sections.filter((section) => section !== undefined)
}

function growing({ group, forecast }: GroupReport) {
  return forecast ? [{ group: group.name, maxSize: group.maxSize, ...forecast }] : []
}

function coverable({ group, commitment }: GroupReport) {
  return commitment?.kind === 'cover' ? [{ group: group.name, ...commitment }] : []
}

function inefficient({ group, scored, hold }: GroupReport, rows: readonly Recommendation[]) {
  const efficiency = scored.kind === 'scored' ? scored.scorecard.efficiency : undefined
  if (scored.kind === 'unscored' || efficiency === undefined || efficiency >= lowEfficiency) return []
  const open = rows.find(({ groupKey, status }) => groupKey === group.groupKey && status === 'PENDING')
  const next = open ? changesInWords(open.from, open.to) || open.description : holdWords(hold)
  return [{ group: group.name, efficiency, diagnosis: scored.scorecard.diagnosis, next }]
}

function holdWords(hold: GroupReport['hold']): string {
  return hold ? `${holdReasons[hold.reason]} (${hold.detail})` : 'no advice'
}
