import type { BackTest } from '../../../src/core/model/back-test.js'
import type { Recommendation } from '../../../src/core/model/recommendation.js'
import { downOf } from '../decision/builders.js'

const halfHours = Array.from({ length: 48 }, (_, i) => i)

/** A replay of fourteen days on four-vCPU instances, between `lowest` and fourteen of them. */
export function replayOf(lowest: number, changes: Partial<BackTest> = {}): BackTest {
  const load = (i: number) => 10 + 30 * Math.exp(-(((i - 20) / 6) ** 2))
  return {
    configuration: { instanceType: 'm6i.xlarge', minSize: lowest, desiredCapacity: 8, maxSize: 20, targetValue: 60 },
    steps: 4032,
    instances: { lowest, mean: lowest + 0.5, highest: 14 },
    cpu: { mean: 31, p995: 68, worst: 84, worstAt: '2026-11-16T09:05:00.000Z' },
    memoryWorst: 62,
    minutesAbove90: 5,
    minutesAbove100: 0,
    instanceHours: 2856,
    usdPerMonth: 1200,
    price: { usdPerHour: 0.192, source: 'shipped price list', asOf: '2026-07-20' },
    zoneLoss: { kind: 'recovers', breachMinutes: 5, replacementMinutes: 10 },
    loadToSurvived: 1,
    worstDay: {
      day: '2026-11-16',
      demand: halfHours.map(load),
      capacity: halfHours.map((i) => Math.max(lowest * 4, Math.ceil(load(i) / 2.4) * 4)),
    },
    ...changes,
  }
}

/** `shop-web: minimum 8 → 5`, with both replays. */
export function savingOf(changes: Partial<Recommendation> = {}): Recommendation {
  return downOf({
    description: 'Lower the minimum of shop-web from 8 to 5 for 29% savings',
    from: { minSize: 8 },
    to: { minSize: 5 },
    monthlyUsd: 347.2,
    monthlyUsdRange: [312, 371],
    expectedImpact: { costSavings: 29, riskLevel: 'LOW' },
    evidence: {
      windowStartAt: '2026-11-09T00:00:00.000Z',
      windowEndAt: '2026-11-23T00:00:00.000Z',
      coveragePercent: 99.8,
      memory: 'measured',
      demandMargin: 1.15,
      today: replayOf(8, { responseTime: { milliseconds: 180, steps: 120, seenAt: '2026-11-16T09:05:00.000Z' } }),
      proposed: replayOf(5, {
        responseTime: { milliseconds: 196, steps: 96, seenAt: '2026-11-12T11:40:00.000Z' },
        loadToSurvived: 1.2,
        instanceHours: 2025,
        memoryWorst: 66,
      }),
      reproduce: 'npx trimtab backtest --group shop-web --set minSize=5 --until 2026-11-23T00:00:00.000Z',
      notes: [],
    },
    ...changes,
  })
}
