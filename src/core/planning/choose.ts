import { type Hold, type HoldReason, hold } from '../model/hold.js'
import {
  type Base,
  capacityCandidates,
  type Replayed,
  replayAll,
  targetCandidates,
  typeCandidates,
} from './candidates.js'
import { type Evaluation, evaluate } from './evaluate.js'
import { savingObjection } from './limits.js'
import { type Safety, safetyOf } from './safety.js'
import type { Study } from './study.js'

/** The best safe setting of one property, judged alone against today. */
export interface Pick {
  readonly replayed: Replayed
  readonly today: Evaluation
  readonly usdSaved: number
}

export interface Choice {
  readonly picks: readonly Pick[]
  readonly today: Evaluation
  /** Today's configuration with every pick applied. */
  readonly final: Evaluation
  /** Why there is no pick; absent where there is one. */
  readonly hold?: Hold
}

/** Replays within this share of the cheapest count as equally cheap: the one that changes least wins. */
const equalCostShare = 0.01
/** Rounds of improvement; each must clear the saving limits, so the loop ends by itself long before. */
const maxRounds = 8

type Judged = Replayed & { readonly safety: Safety; readonly objection: HoldReason | undefined; readonly usd: number }

/**
 * Turns one property after another, undisturbing ones first, each on top of what was chosen before, until nothing
 * more is safe and worth it. So the whole set is a fixed point: applied, the same demand asks for nothing more.
 */
export function choose(study: Study): Choice {
  const today = evaluate(study, study.today, study.shape)
  const chosen = new Map<string, Replayed>()
  const rejected: Judged[] = []
  let base = today
  for (let round = 0; round < maxRounds; round++) {
    const found = nextStep(study, today, base)
    if (round === 0) rejected.push(...found.rejected)
    if (!found.best) break
    chosen.set(found.best.candidate.property, found.best)
    base = found.best.evaluation
  }
  const picks = [...chosen.keys()].flatMap((property) => pickAlone(study, today, base, property))
  const choice = { picks, today, final: base }
  return picks.length > 0 ? choice : { ...choice, hold: explain(study, rejected) }
}

function nextStep(study: Study, today: Evaluation, base: Evaluation): { best?: Judged; rejected: readonly Judged[] } {
  const rejected: Judged[] = []
  for (const family of [
    [...replayAll(study, capacityCandidates(study, base)), ...replayAll(study, targetCandidates(study, base))],
    replayAll(study, typeCandidates(study, base)),
  ]) {
    const judged = judge(study, today, base, family)
    const fit = judged.filter(({ safety, objection }) => safety.safe && objection === undefined)
    const best = cheapest(study, base, fit)
    if (best) return { best, rejected }
    rejected.push(...judged)
  }
  return { rejected }
}

function judge(study: Study, today: Evaluation, base: Evaluation, family: readonly Replayed[]): readonly Judged[] {
  return family.flatMap((replayed) => {
    const usd = replayed.evaluation.usdPerMonth
    if (usd === undefined || base.usdPerMonth === undefined) return []
    const { disruptionShare } = replayed.candidate
    const objection = savingObjection(study.policy, { usdBefore: base.usdPerMonth, usdAfter: usd, disruptionShare })
    return [{ ...replayed, usd, objection, safety: safetyOf(study, today, replayed.evaluation) }]
  })
}

/** The cheapest; among equally cheap ones that with the most capacity; a close type unless a wider one clears the limits over it. */
function cheapest(study: Study, base: Base & Evaluation, fit: readonly Judged[]): Judged | undefined {
  const close = leastChange(
    fit.filter(({ candidate }) => candidate.close),
    base,
  )
  const wide = leastChange(fit, base)
  if (!close || !wide || close === wide) return wide
  const { disruptionShare } = wide.candidate
  const better =
    savingObjection(study.policy, { usdBefore: close.usd, usdAfter: wide.usd, disruptionShare }) === undefined
  return better ? wide : close
}

function leastChange(fit: readonly Judged[], base: Evaluation): Judged | undefined {
  const lowest = Math.min(...fit.map(({ usd }) => usd))
  const room = (base.usdPerMonth ?? lowest) * equalCostShare
  return fit
    .filter(({ usd }) => usd <= lowest + room)
    .sort((one, other) => capacityRank(other) - capacityRank(one) || one.usd - other.usd || byName(one, other))[0]
}

function capacityRank({ candidate }: Judged): number {
  const { minSize, desiredCapacity, targetValue } = candidate.configuration
  return minSize + desiredCapacity - (targetValue ?? 100) / 1000
}

function byName(one: Judged, other: Judged): number {
  return one.candidate.configuration.instanceType < other.candidate.configuration.instanceType ? -1 : 1
}

/** The final value of one property over today's configuration: only what stands alone is advised. */
function pickAlone(study: Study, today: Evaluation, final: Evaluation, property: string): readonly Pick[] {
  const families = [
    ...capacityCandidates(study, today),
    ...targetCandidates(study, today),
    ...(property === 'instanceType' ? typeCandidates(study, today) : []),
  ]
  const candidate = families.find(
    (option) =>
      option.property === property &&
      Object.entries(option.to).every(([key, value]) => final.configuration[key as 'minSize'] === value),
  )
  if (!candidate) return []
  const [judged] = judge(study, today, today, replayAll(study, [candidate]))
  if (!judged?.safety.safe || judged.objection !== undefined || today.usdPerMonth === undefined) return []
  return [{ replayed: judged, today, usdSaved: today.usdPerMonth - judged.usd }]
}

/** One reason for a whole set of rejected candidates: that of the one which came nearest. */
function explain(study: Study, rejected: readonly Judged[]): Hold {
  const paying = rejected.filter(({ objection }) => objection === undefined)
  const nearest = paying.sort(
    (one, other) => one.safety.violations.length - other.safety.violations.length || other.usd - one.usd,
  )[0]
  if (nearest) {
    const kinds = new Set(nearest.safety.violations.map(({ kind }) => kind))
    const only = (...some: string[]) => [...kinds].every((kind) => some.includes(kind))
    const reason = only('memory')
      ? 'memory-bound'
      : only('less-memory', 'survived-load')
        ? 'memory-unknown'
        : 'not-safe'
    const tried = Object.entries(nearest.candidate.to).map(([key, value]) => `${key} ${value}`)
    const why = nearest.safety.violations.map(({ sentence }) => sentence).join('; ')
    return hold(reason, `${tried.join(', ')}: ${why}`)
  }
  const small = rejected.find(({ objection, safety }) => safety.safe && objection !== 'well-sized')
  const detail = `${study.group.name} at ${study.today.desiredCapacity} × ${study.shape.name}`
  return hold(small?.objection ?? 'well-sized', detail)
}
