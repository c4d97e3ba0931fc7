import type { Settings } from '../model/configuration.js'
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

/**
 * The best safe setting of one property, judged alone against today. One that is safe but pays only with the other
 * picks in place is judged on top of them: then `before` has them, and `after` names them.
 */
export interface Pick {
  readonly replayed: Replayed
  /** What it is compared with. */
  readonly before: Evaluation
  readonly usdSaved: number
  readonly after?: Settings
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

/** A candidate with what speaks against it. */
export type Judged = Replayed & {
  readonly safety: Safety
  readonly objection: HoldReason | undefined
  readonly usd: number
}

/** One round of improvement: what was tried on top of what, and what was taken; told as it happens, kept by nobody. */
export interface Round {
  readonly number: number
  readonly base: Evaluation
  readonly judged: readonly Judged[]
  readonly best: Judged | undefined
}

/**
 * Turns one property after another, undisturbing ones first, each on top of what was chosen before, until nothing
 * more is safe and worth it. So the whole set is a fixed point: applied, the same demand asks for nothing more.
 * `watch` hears of each round.
 */
export function choose(study: Study, watch: (round: Round) => void = () => {}): Choice {
  const today = evaluate(study, study.today, study.shape)
  const chosen = new Map<string, Replayed>()
  const rejected: Judged[] = []
  let base = today
  for (let round = 0; round < maxRounds; round++) {
    const found = nextStep(study, today, base)
    watch({ number: round + 1, base, judged: found.judged, best: found.best })
    if (round === 0) rejected.push(...found.rejected)
    if (!found.best) break
    chosen.set(found.best.candidate.property, found.best)
    base = found.best.evaluation
  }
  const picks = [...chosen.keys()].flatMap((property) => pickOf(study, today, chosen, property))
  const choice = { picks, today, final: base }
  return picks.length > 0 ? choice : { ...choice, hold: explain(study, rejected) }
}

interface Step {
  readonly best?: Judged
  readonly rejected: readonly Judged[]
  /** The rejected ones and those that `best` was chosen from. */
  readonly judged: readonly Judged[]
}

function nextStep(study: Study, today: Evaluation, base: Evaluation): Step {
  const rejected: Judged[] = []
  for (const family of [
    [...replayAll(study, capacityCandidates(study, base)), ...replayAll(study, targetCandidates(study, base))],
    replayAll(study, typeCandidates(study, base)),
  ]) {
    const judged = judge(study, today, base, family)
    const fit = judged.filter(({ safety, objection }) => safety.safe && objection === undefined)
    const best = cheapest(study, base, fit)
    if (best) return { best, rejected, judged: [...rejected, ...judged] }
    rejected.push(...judged)
  }
  return { rejected, judged: rejected }
}

function judge(study: Study, today: Evaluation, base: Evaluation, family: readonly Replayed[]): readonly Judged[] {
  return family.flatMap((replayed) => {
    const usd = replayed.evaluation.usdPerMonth
    if (usd === undefined || base.usdPerMonth === undefined) return []
    const { disruptionShare, property } = replayed.candidate
    const hotter = property === 'scalingPolicy'
    const change = { usdBefore: base.usdPerMonth, usdAfter: usd, disruptionShare, hotter }
    const objection = savingObjection(study.policy, change)
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

/** The final value of one property over today's configuration, or on top of the others where it pays only there. */
function pickOf(
  study: Study,
  today: Evaluation,
  chosen: ReadonlyMap<string, Replayed>,
  property: string,
): readonly Pick[] {
  const final = chosen.get(property)?.candidate.to
  if (!final) return []
  const alone = judgedAt(study, today, today, property, final)
  if (!alone?.safety.safe || today.usdPerMonth === undefined) return []
  if (alone.objection === undefined) {
    return [{ replayed: alone, before: today, usdSaved: today.usdPerMonth - alone.usd }]
  }
  const others = [...chosen].flatMap(([name, { candidate }]) => (name === property ? [] : [candidate.to]))
  const after: Settings = Object.assign({}, ...others)
  const configuration = { ...study.today, ...after }
  const shape = study.catalogue.types.get(configuration.instanceType)
  if (!shape) return []
  const before = evaluate(study, configuration, shape)
  const onTop = judgedAt(study, today, before, property, final)
  if (!onTop?.safety.safe || onTop.objection !== undefined || before.usdPerMonth === undefined) return []
  return [{ replayed: onTop, before, usdSaved: before.usdPerMonth - onTop.usd, after }]
}

function judgedAt(
  study: Study,
  today: Evaluation,
  base: Evaluation,
  property: string,
  to: Settings,
): Judged | undefined {
  const families = [
    ...capacityCandidates(study, base),
    ...targetCandidates(study, base),
    ...(property === 'instanceType' ? typeCandidates(study, base) : []),
  ]
  const candidate = families.find((option) => option.property === property && sameSettings(option.to, to))
  return candidate && judge(study, today, base, replayAll(study, [candidate]))[0]
}

function sameSettings(one: Settings, other: Settings): boolean {
  return (
    one.minSize === other.minSize &&
    one.desiredCapacity === other.desiredCapacity &&
    one.targetValue === other.targetValue &&
    one.instanceType === other.instanceType
  )
}

/**
 * One reason for a whole set of rejected candidates: that of the capacity which came nearest. Types that do not fit are
 * no finding: there always are some.
 */
function explain(study: Study, rejected: readonly Judged[]): Hold {
  const sizes = rejected.filter(({ candidate }) => candidate.property !== 'instanceType')
  const nearest = sizes
    .filter(({ objection }) => objection === undefined)
    .sort((one, other) => one.safety.violations.length - other.safety.violations.length || other.usd - one.usd)[0]
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
  const small = sizes.find(({ objection, safety }) => safety.safe && objection !== 'well-sized')
  const detail = `${study.group.name} at ${study.today.desiredCapacity} × ${study.shape.name}`
  return hold(small?.objection ?? 'well-sized', detail)
}
