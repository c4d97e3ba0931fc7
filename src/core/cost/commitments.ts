import { quantile } from 'simple-statistics'
import type { CommitmentAdvice } from '../model/cost.js'
import type { Price } from '../model/instance-type.js'
import { coverageOf, knownValues, type Series } from '../model/series.js'
import { dayMs, hoursPerMonth, type Percent } from '../model/units.js'

/** Days of record without which a floor is a guess. */
export const daysForCommitment = 14
const minCoveragePercent: Percent = 80

/** A commitment that could be bought, with the source and date of its discount; never assumed. */
export interface CommitmentOffer {
  readonly name: string
  readonly discountPercent: Percent
  readonly source: string
  readonly asOf: string
}

export interface CommitmentInput {
  readonly inService: Series
  readonly price: Price
  /** Share of the group's instance-hours that commitments cover already; absent: unknown, and the row says so. */
  readonly coveredPercent?: Percent
  /** Fewest instances after the advice that is open: a commitment must not strand what is about to go. */
  readonly plannedFloor?: number
  readonly offer?: CommitmentOffer
}

/** What of a group's floor usage a Savings Plan or reserved instances could cover. */
export function adviseCommitment(input: CommitmentInput): CommitmentAdvice {
  const { inService, price, plannedFloor, offer, coveredPercent } = input
  const days = (inService.samples.length * inService.periodSeconds * 1000) / dayMs
  const coverage = coverageOf(inService)
  if (days < daysForCommitment || coverage < minCoveragePercent)
    return { kind: 'none', why: `the record has ${days.toFixed(0)} days and ${coverage.toFixed(0)} % of their steps` }
  const values = knownValues(inService)
  const recorded = quantile(values, 0.01)
  const floor = Math.min(recorded, plannedFloor ?? recorded)
  const running = values.reduce((sum, value) => sum + value, 0) / values.length
  const uncovered = coveredPercent === undefined ? floor : floor - (running * coveredPercent) / 100
  const instances = Math.floor(uncovered)
  if (instances < 1) return { kind: 'none', why: 'no uncovered instance runs all the time' }
  const bound = coveredPercent === undefined ? '; at most, for what commitments cover already is unknown' : ''
  const usdPerHour = instances * price.usdPerHour
  return {
    kind: 'cover',
    instances,
    usdPerHour,
    savingUsdPerMonth: offer === undefined ? undefined : (usdPerHour * hoursPerMonth * offer.discountPercent) / 100,
    why: `${instances} instances ran in 99 % of ${days.toFixed(0)} days at on-demand price (${price.source}, ${price.asOf})${bound}`,
  }
}
