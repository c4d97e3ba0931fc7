import type { Evidence, Recommendation } from '../model/recommendation.js'
import { count, percent, windowOf } from './figures.js'
import { code, escaped, type Markdown, md, own } from './markdown.js'

const memoryWords = {
  measured: 'memory measured',
  survivedLoad: 'memory unknown: no instance gets less of it, and none more load than it already carried',
  ignored: 'memory unknown and ignored as configured; no instance gets less of it',
} as const

/** What every page states of its numbers: window, coverage, margin, prices, command. */
export function evidenceLines(recommendation: Recommendation): readonly Markdown[] {
  const { evidence } = recommendation
  return [
    md`window ${windowOf(evidence.windowStartAt, evidence.windowEndAt)}, ${percent(evidence.coveragePercent, 1)} of its steps have data; ${own(memoryWords[evidence.memory])}; recorded demand × ${count(evidence.demandMargin, 2)}`,
    ...(evidence.priceSource ? [md`prices: ${escaped(evidence.priceSource)}`] : []),
    ...evidence.notes.map((note) => escaped(note)),
    md`${code(recommendation.type)}, priority ${own(recommendation.priority)}, risk ${own(recommendation.expectedImpact.riskLevel)}; change ${code(recommendation.changeId)}`,
    reproduceLine(evidence),
  ]
}

function reproduceLine(evidence: Evidence): Markdown {
  return md`the same numbers again: ${code(evidence.reproduce, 500)}`
}
