import type { Refused } from '../model/code.js'
import type { Group } from '../model/group.js'
import type { Policy } from '../model/policy.js'
import type { Property, Recommendation } from '../model/recommendation.js'
import { backTestTable } from './back-test-table.js'
import { evidenceLines } from './evidence-lines.js'
import { gainLine } from './gain-line.js'
import { escaped, type Markdown, md, own, quoted } from './markdown.js'
import { markerOf } from './marker.js'
import type { PageView } from './pages.js'
import { changesOnPage, groupOnPage, settingChanges, wantedSentence } from './settings-words.js'
import { spotMarketLine } from './spot-market-line.js'
import { worstDayChart } from './worst-day-chart.js'

/** What is written as more than one value: the advice's own steps say how, where a refusal cannot name a line. */
const severalValues: readonly Property[] = ['spotMix', 'schedule', 'observability']

/** The issue that says what to change by hand, when the edit was refused: what, why not, how, gain. */
export function byHandView(recommendation: Recommendation, group: Group, refused: Refused, policy: Policy): PageView {
  const { today, proposed } = recommendation.evidence
  const compared = today && proposed
  return {
    wanted: wantedLine(recommendation, group),
    gain: gainLine(recommendation),
    market: spotMarketLine(recommendation),
    notEdited: quoted(refused.hint),
    steps: severalValues.includes(recommendation.property)
      ? recommendation.implementation.steps.map((step) => escaped(step))
      : [],
    table: compared ? backTestTable(recommendation.evidence, today, proposed, policy) : undefined,
    picture: compared ? worstDayChart(today, proposed) : undefined,
    evidence: evidenceLines(recommendation),
    marker: markerOf('refusal', recommendation.changeId),
  }
}

/** @example byHandTitle('checkout: maximum 12 → 16') // 'checkout: maximum 12 → 16, by hand' */
export function byHandTitle(title: string): string {
  return `${title.slice(0, 200)}, by hand`
}

function wantedLine(recommendation: Recommendation, group: Group): Markdown {
  const { from, to } = recommendation
  if (settingChanges(from, to).length === 0) return md`${wantedSentence(recommendation, group)} Not edited:`
  return md`${groupOnPage(group.name, group.environment)}: ${changesOnPage(from, to)} wanted${own(',')} not edited:`
}
