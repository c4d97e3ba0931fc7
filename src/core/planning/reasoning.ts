import { quantile } from 'simple-statistics'
import type { BackTest, Spread } from '../model/back-test.js'
import type { Settings } from '../model/configuration.js'
import { type Hold, type HoldReason, holdReasons } from '../model/hold.js'
import type { InstanceType } from '../model/instance-type.js'
import type { Policy } from '../model/policy.js'
import type { Property } from '../model/recommendation.js'
import { timeOf } from '../model/series.js'
import type { IsoTime, UsdPerMonth } from '../model/units.js'
import { backTestOf } from './back-test.js'
import { choose, type Judged, type Round } from './choose.js'
import { evaluate } from './evaluate.js'
import { savingLimits } from './limits.js'
import { searchHold } from './plan.js'
import type { ScalingModel } from './scaling-model.js'
import { type Study, type StudyInput, studyOf } from './study.js'

/** How planning came from the record to what it advises; for reading, advice does not rest on it. */
export interface Reasoning {
  readonly shape: InstanceType
  readonly demand: DemandFigures
  readonly scaling: ScalingModel
  readonly today: BackTest
  /** Why no candidate was replayed; absent where some were. */
  readonly notSearched?: Hold
  /** In the order in which they were tried. */
  readonly considered: readonly Considered[]
}

/** Demand in vCPUs of the group, over the steps that are known. */
export interface DemandFigures {
  readonly knownSteps: number
  readonly mean: number
  readonly p95: number
  readonly p995: number
  readonly highest: number
  readonly highestAt: IsoTime
  readonly inService: Spread
  /** The most that one instance carried in any step. */
  readonly survivedVcpus: number
  /** Minutes in which the machines may have wanted more than they could use. */
  readonly censoredMinutes: number
  readonly memory: 'measured' | 'unknown'
}

export interface Considered {
  /** 1 for the first: candidates of a later round are tried on top of what was chosen before. */
  readonly round: number
  readonly property: Property
  readonly from: Settings
  readonly to: Settings
  readonly usdPerMonth: UsdPerMonth
  /** Against what its round began with. */
  readonly usdSaved: UsdPerMonth
  readonly verdict: 'chosen' | 'unsafe' | 'not-worth-it' | 'not-cheapest'
  readonly why: string
}

/** The steps of planning for one group with their numbers, or the one reason why it cannot be replayed. */
export function reasoningOf(input: StudyInput): Reasoning | Hold {
  const study = studyOf(input)
  if ('kind' in study) return study
  const considered: Considered[] = []
  const notSearched = searchHold(study)
  if (!notSearched) choose(study, (round) => considered.push(...consideredIn(round, study.policy)))
  return {
    shape: study.shape,
    demand: demandFigures(study),
    scaling: study.model,
    today: backTestOf(study, evaluate(study, study.today, study.shape)),
    ...(notSearched && { notSearched }),
    considered,
  }
}

function consideredIn({ number, base, judged, best }: Round, policy: Policy): readonly Considered[] {
  return judged.map((one) => {
    const { property, from, to } = one.candidate
    const usdSaved = (base.usdPerMonth as number) - one.usd
    const share = base.usdPerMonth ? (usdSaved / base.usdPerMonth) * 100 : Number.NaN
    return { round: number, property, from, to, usdPerMonth: one.usd, usdSaved, ...judgement(one, best, share, policy) }
  })
}

function judgement(
  one: Judged,
  best: Judged | undefined,
  sharePercent: number,
  policy: Policy,
): Pick<Considered, 'verdict' | 'why'> {
  if (one === best) return { verdict: 'chosen', why: 'safe and worth it; the cheapest of those that change least' }
  const { safety, objection } = one
  if (!safety.safe) return { verdict: 'unsafe', why: safety.violations.map(({ sentence }) => sentence).join('; ') }
  if (objection !== undefined) return { verdict: 'not-worth-it', why: worthWords(one, objection, sharePercent, policy) }
  return { verdict: 'not-cheapest', why: 'safe, but the chosen one is cheaper or changes less' }
}

function worthWords({ candidate }: Judged, objection: HoldReason, sharePercent: number, policy: Policy): string {
  if (objection === 'disruption-outweighs') return holdReasons[objection]
  if (!(sharePercent > 0)) return 'it does not cost less'
  const { disruptionShare, property } = candidate
  const { sharePercent: least, usdPerMonth } = savingLimits(policy, {
    disruptionShare,
    hotter: property === 'scalingPolicy',
  })
  return `saves ${sharePercent.toFixed(1)} %; worth a change from ${least.toFixed(0)} % and $${usdPerMonth.toFixed(0)} a month`
}

function demandFigures({ demand }: Study): DemandFigures {
  const known = Array.from(demand.vcpus).filter((value) => !Number.isNaN(value))
  const served = Array.from(demand.inService).filter((_, step) => !Number.isNaN(demand.vcpus[step] as number))
  const highest = known.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY)
  const minutes = demand.span.periodSeconds / 60
  return {
    knownSteps: demand.knownSteps,
    mean: meanOf(known),
    p95: quantile(known, 0.95),
    p995: quantile(known, 0.995),
    highest,
    highestAt: timeOf(demand.span, demand.vcpus.indexOf(highest)),
    inService: {
      lowest: served.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY),
      mean: meanOf(served),
      highest: served.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY),
    },
    survivedVcpus: demand.survivedVcpus,
    censoredMinutes: demand.censoredSteps * minutes,
    memory: demand.memory ? 'measured' : 'unknown',
  }
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
