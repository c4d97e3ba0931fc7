import type { BackTest } from '../model/back-test.js'
import type { Evidence, Recommendation } from '../model/recommendation.js'
import { count, dateOf, hourlyPrice, percent, windowOf } from './figures.js'
import { code, escaped, type Markdown, md, own } from './markdown.js'

const memoryWords = {
  measured: 'memory measured',
  survivedLoad: 'memory unknown: no instance gets less of it, and none more load than it already carried',
  ignored: 'memory unknown and ignored as configured; no instance gets less of it',
} as const

/** What every page states of its numbers: window, coverage, margin, prices, the proof where code is edited, and what the command gives. */
export function evidenceLines(
  recommendation: Recommendation,
  proof: readonly Markdown[] = [],
  commandGives: Markdown = own('the same numbers again'),
): readonly Markdown[] {
  const { evidence } = recommendation
  return [
    windowLine(evidence),
    ...priceLines(recommendation),
    ...typesLine(recommendation),
    ...evidence.notes.map((note) => escaped(note)),
    ...proof,
    md`${code(recommendation.type)}, priority ${own(recommendation.priority)}, risk ${own(recommendation.expectedImpact.riskLevel)}; change ${code(recommendation.changeId)}, generation ${recommendation.generation}`,
    ...(evidence.reproduce.includes(' --set ') ? [md`${commandGives}: ${code(evidence.reproduce, 500)}`] : []),
  ]
}

function windowLine(evidence: Evidence): Markdown {
  const tenths = Math.round(evidence.coveragePercent * 10)
  const coverage = percent(tenths / 10, tenths % 10 === 0 ? 0 : 1)
  const margin =
    evidence.demandMargin === 1 ? own('') : md`; sized for the recorded demand × ${count(evidence.demandMargin, 2)}`
  return md`window ${windowOf(evidence.windowStartAt, evidence.windowEndAt)}, coverage ${coverage} of its 5-minute steps; ${own(memoryWords[evidence.memory])}${margin}`
}

/** Each type's price with where and when it was read; the bare source where no replay has one. */
function priceLines({ evidence, groupKey }: Recommendation): readonly Markdown[] {
  const tests = [evidence.today, evidence.proposed].filter((test) => test !== undefined)
  const lines = new Set(tests.flatMap((test) => priceLine(test, groupKey)))
  if (lines.size > 0) return [...lines]
  return evidence.priceSource ? [md`prices: ${escaped(evidence.priceSource)}`] : []
}

function priceLine({ configuration, price }: BackTest, groupKey: string): readonly Markdown[] {
  if (!price) return []
  const region = groupKey.split('/')[1] ?? groupKey
  return [
    md`${code(configuration.instanceType)} ${hourlyPrice(price.usdPerHour)} an hour in ${code(region)}, on demand: ${escaped(price.source)} of ${dateOf(price.asOf)}`,
  ]
}

function typesLine({ to }: Recommendation): readonly Markdown[] {
  const types = to.spotMix?.overrides ?? []
  return types.length === 0
    ? []
    : [
        md`types: ${own(
          types
            .slice(0, 30)
            .map((type) => code(type))
            .join(', '),
        )}`,
      ]
}
