import { hoursPerMonth } from '../model/units.js'
import type { OwnCost, Usage } from '../model/usage.js'
import { type OwnPrice, ownPrices, ownPricesReadAt } from './own-prices.js'

export interface BillItem {
  readonly price: OwnPrice
  readonly count: number
  readonly usd: number
}

export interface OwnBill {
  /** What costs something, dearest first. */
  readonly items: readonly BillItem[]
  readonly usd: number
}

/** Trimtab's own bill for what it used, item by item at list prices. What has no price here costs nothing. */
export function ownBill(usage: Usage): OwnBill {
  const items = ownPrices.flatMap((price): readonly BillItem[] => {
    const count = amountOf(usage, price.of)
    return count > 0 ? [{ price, count, usd: (count / price.per) * price.usd }] : []
  })
  return {
    items: items.sort((a, b) => b.usd - a.usd),
    usd: items.reduce((sum, { usd }) => sum + usd, 0),
  }
}

const hoursPerDay = 24
/** Items named in a sentence. */
const mostNamed = 3

/** A month at the rate of the counted whole days; undefined where none is counted. */
export function ownCostOf(days: readonly Usage[]): OwnCost | undefined {
  if (days.length === 0) return undefined
  const bills = days.map(ownBill)
  const [dearest] = [...bills].sort((a, b) => b.usd - a.usd)
  const usd = bills.reduce((sum, bill) => sum + bill.usd, 0)
  return {
    usdPerMonth: (usd / days.length / hoursPerDay) * hoursPerMonth,
    days: days.length,
    pricesReadAt: ownPricesReadAt,
    of: (dearest?.items ?? []).slice(0, mostNamed).map(({ price }) => price.what),
  }
}

function amountOf(usage: Usage, name: string): number {
  const counted = Object.entries(usage).filter(([one]) => (name.endsWith(':') ? one.startsWith(name) : one === name))
  return counted.reduce((sum, [, amount]) => sum + amount, 0)
}
