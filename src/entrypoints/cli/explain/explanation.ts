import { ladderOf } from '../../../core/decision/ladder.js'
import type { BackTest } from '../../../core/model/back-test.js'
import { type Hold, holdReasons } from '../../../core/model/hold.js'
import type { Advice, Recommendation } from '../../../core/model/recommendation.js'
import { timeOf } from '../../../core/model/series.js'
import { plan } from '../../../core/planning/plan.js'
import { type Reasoning, reasoningOf } from '../../../core/planning/reasoning.js'
import type { Inputs } from '../../../workflows/inputs/inputs.js'
import type { NotedDecision } from '../../../workflows/inputs/note-decision.js'
import { rounded } from '../documents/document.js'
import type { ExplainDocument, ExplainedAdvice, ReplayFigures } from '../documents/explain.js'
import { guardrailsOf } from './guardrails.js'
import { sampleRows, scoreRow, usageRows } from './record-rows.js'

type Decided = Omit<NotedDecision, 'version'>

/** What an explanation rests on: the recorded inputs of one recommendation, or a look at a group now. */
export type Explained =
  | {
      readonly from: 'recorded inputs'
      readonly inputs: Inputs
      readonly decision?: NotedDecision
      /** Undefined where the row is gone and only its inputs are left. */
      readonly row: Recommendation | undefined
    }
  | {
      readonly from: 'a look now'
      readonly inputs: Inputs
      readonly hold: Hold | undefined
      readonly decisions: readonly Decided[]
      /** Ids that are recorded. */
      readonly stored: ReadonlySet<string>
    }

/** The chain from samples to decision as a document; numbers as core gives them, rounded for reading. */
export function explanationOf(explained: Explained): ExplainDocument {
  const { inputs } = explained
  const { group, signals, policy, catalogue, scored, code } = inputs
  const { window } = signals
  const reasoning = reasoningOf({ group, signals, policy, catalogue })
  const replayable = 'kind' in reasoning ? undefined : reasoning
  const advice = adviceOf(explained)
  const hold = explained.from === 'a look now' ? explained.hold : plan({ ...inputs, scored }).hold
  const price = replayable?.today.price
  return {
    groupKey: group.groupKey,
    environment: group.environment,
    environmentFrom: group.environmentFrom,
    from: explained.from,
    at: inputs.at,
    window: {
      startAt: window.startAt,
      endAt: timeOf(window, window.steps),
      periodSeconds: window.periodSeconds,
      steps: window.steps,
    },
    samples: sampleRows(signals),
    usage: usageRows(scored),
    score: scoreRow(scored),
    noScore: scored.kind === 'unscored' ? scored.why : null,
    demand: replayable ? demandRow(replayable) : null,
    today: replayable ? replayFigures(replayable.today) : null,
    noReplay: holdRow(replayable ? replayable.notSearched : (reasoning as Hold)),
    considered: (replayable?.considered ?? []).map((one) => ({
      ...one,
      usdPerMonth: rounded(one.usdPerMonth, 2),
      usdSaved: rounded(one.usdSaved, 2),
    })),
    guardrails: guardrailsOf(policy),
    advice,
    noAdvice: advice.length > 0 ? null : holdRow(hold),
    price: price ?? null,
    code: code.kind === 'found' ? { place: placeRow(code), missing: null } : { place: null, missing: code.why },
  }
}

function adviceOf(explained: Explained): readonly ExplainedAdvice[] {
  const { inputs } = explained
  if (explained.from === 'recorded inputs') {
    const { decision, row } = explained
    const id = row?.id ?? decision?.input.recommendation.id ?? null
    const property = row?.property ?? decision?.input.recommendation.property
    const own = inputs.advice.filter((one) => property === undefined || one.property === property)
    return own.map((one) => adviceRow(one, id, decision))
  }
  return explained.decisions.map((decided) => {
    const { recommendation } = decided.input
    return adviceRow(recommendation, explained.stored.has(recommendation.id) ? recommendation.id : null, decided)
  })
}

function adviceRow(advice: Advice, recommendationId: string | null, decided: Decided | undefined): ExplainedAdvice {
  const { type, property, priority, description, from, to, evidence, monthlyUsdRange } = advice
  const { decision } = decided ?? {}
  return {
    recommendationId,
    type,
    property,
    priority,
    description,
    from,
    to,
    monthlyUsd: rounded(advice.monthlyUsd, 2),
    monthlyUsdRange: monthlyUsdRange ? [rounded(monthlyUsdRange[0], 2), rounded(monthlyUsdRange[1], 2)] : null,
    replay: evidence.proposed ? replayFigures(evidence.proposed) : null,
    priceSource: evidence.priceSource ?? null,
    notes: [...evidence.notes],
    reproduce: evidence.reproduce,
    decision: decision
      ? { kind: decision.kind, reason: decision.reason, detail: decision.kind === 'hold' ? decision.detail : null }
      : null,
    checks: decided ? checksOf(decided) : [],
  }
}

function checksOf({ input, at }: Decided): ExplainedAdvice['checks'] {
  return ladderOf({ ...input, now: new Date(at) }).map(({ check, met, hold }) => ({
    check,
    verdict: hold ? 'held' : 'passed',
    met: met ? (met.kind === 'known' ? JSON.stringify(met.value ?? null) : met.why) : null,
    hold: holdRow(hold),
  }))
}

function holdRow(hold: Hold | undefined) {
  return hold ? { reason: hold.reason, sentence: holdReasons[hold.reason], detail: hold.detail } : null
}

function placeRow(code: Extract<Inputs['code'], { kind: 'found' }>) {
  const { file, line, address, format } = code.address
  return { repository: code.repository, file, line, address, format }
}

function replayFigures(test: BackTest): ReplayFigures {
  const { instances, cpu, zoneLoss } = test
  return {
    instances: { lowest: instances.lowest, mean: rounded(instances.mean, 2), highest: instances.highest },
    cpuMean: rounded(cpu.mean, 1),
    cpuP995: rounded(cpu.p995, 1),
    cpuWorst: rounded(cpu.worst, 1),
    cpuWorstAt: cpu.worstAt,
    memoryWorst: test.memoryWorst === undefined ? null : rounded(test.memoryWorst, 1),
    minutesAbove90: test.minutesAbove90,
    minutesAbove100: test.minutesAbove100,
    zoneLoss: zoneLoss.kind === 'not-tested' ? `not tested: ${zoneLoss.why}` : zoneLoss.kind,
    instanceHours: rounded(test.instanceHours, 1),
    usdPerMonth: test.usdPerMonth === undefined ? null : rounded(test.usdPerMonth, 2),
  }
}

function demandRow({ shape, demand, scaling }: Reasoning): NonNullable<ExplainDocument['demand']> {
  return {
    instanceType: shape.name,
    vcpus: shape.vcpus,
    memoryGiB: shape.memoryGiB,
    knownSteps: demand.knownSteps,
    meanVcpus: rounded(demand.mean, 2),
    p95Vcpus: rounded(demand.p95, 2),
    p995Vcpus: rounded(demand.p995, 2),
    highestVcpus: rounded(demand.highest, 2),
    highestAt: demand.highestAt,
    inServiceLowest: demand.inService.lowest,
    inServiceMean: rounded(demand.inService.mean, 2),
    inServiceHighest: demand.inService.highest,
    survivedVcpus: rounded(demand.survivedVcpus, 2),
    censoredMinutes: demand.censoredMinutes,
    memory: demand.memory,
    scaling: scalingWords(scaling),
  }
}

function scalingWords({ tracks, rules, scaleIn, warmupSeconds, notes }: Reasoning['scaling']): readonly string[] {
  if (tracks.length + rules.length === 0) return ['no scaling policy: capacity stands still', ...notes]
  return [
    ...tracks.map(({ metric, target }) =>
      metric === 'cpu' ? `tracks ${target} % CPU` : `tracks ${target} requests a minute and instance`,
    ),
    ...rules.map(({ above, thresholdPercent }) => `acts ${above ? 'above' : 'below'} ${thresholdPercent} % CPU`),
    `warm-up ${warmupSeconds} s${scaleIn ? '' : ', never scales in'}`,
    ...notes,
  ]
}
