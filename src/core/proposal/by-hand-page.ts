import type { Refused } from '../model/code.js'
import type { Group } from '../model/group.js'
import type { Policy } from '../model/policy.js'
import type { Recommendation } from '../model/recommendation.js'
import { backTestTable, worstDayChart } from './back-test-table.js'
import { evidenceLines } from './evidence-lines.js'
import { quoted } from './markdown.js'
import { markerOf } from './marker.js'
import type { PageView } from './pages.js'
import { gainLine } from './pull-request-page.js'
import { changesAsSentence } from './settings-words.js'

/** The issue that says what to change by hand, when the edit was refused: what, gain, why not, how. */
export function byHandView(recommendation: Recommendation, group: Group, refused: Refused, policy: Policy): PageView {
  const { today, proposed } = recommendation.evidence
  const compared = today && proposed
  return {
    wanted: changesAsSentence(group.name, group.environment, recommendation.from, recommendation.to),
    gain: gainLine(recommendation),
    notEdited: quoted(refused.hint),
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
