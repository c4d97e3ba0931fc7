import { ownBill } from '../../src/core/cost/own-bill.js'
import { ownPricesReadAt, standingPrices } from '../../src/core/cost/own-prices.js'
import { hoursPerMonth } from '../../src/core/model/units.js'
import { addedUsage, scaledUsage, type Usage } from '../../src/core/model/usage.js'

export interface BillMeasures {
  readonly byTask: ReadonlyMap<string, Usage>
  readonly groups: number
  readonly days: number
}

/** A group's target: 1 % of the least saving that is proposed. */
const targetUsd = 0.2

/** The bill of a group and month item by item, Cost Explorer apart: it is asked once for an account. */
export function printBill({ byTask, groups, days }: BillMeasures): void {
  const month = hoursPerMonth / 24 / days
  const whole = scaledUsage([...byTask.values()].reduce(addedUsage, {}), month)
  const [account, ofGroups] = parted(whole, (name) => name.startsWith('ce:'))
  const { items, usd } = ownBill(scaledUsage(ofGroups, 1 / groups))
  print(
    `A group and month at the production schedule, by ${groups} groups over ${days} day; list prices of ${ownPricesReadAt.slice(0, 10)}, us-east-1, no free tier`,
  )
  row('item', 'count', 'price', 'USD', 'source')
  for (const { price, count, usd: part } of items) {
    row(price.what, count.toFixed(1), `$${price.usd} / ${price.per}`, part.toFixed(5), price.source)
  }
  row('sum', '', '', usd.toFixed(4), `target ≤ ${targetUsd.toFixed(2)}: ${((usd / targetUsd) * 100).toFixed(0)} %`)
  print('\nof it by task, USD')
  for (const [name, usage] of byTask) {
    const [, own] = parted(usage, (one) => one.startsWith('ce:'))
    row(name, '', '', ownBill(scaledUsage(own, month / groups)).usd.toFixed(5))
  }
  print('\nBeside it, for an account')
  row('Cost Explorer', '', '', ownBill(account).usd.toFixed(2))
  print('\nBeside it, for a deployment, by what is switched on')
  for (const { what, usd: price, source } of standingPrices) row(what, '', '', price.toFixed(2), source)
}

function parted(usage: Usage, wanted: (name: string) => boolean): readonly [Usage, Usage] {
  const entries = Object.entries(usage)
  return [
    Object.fromEntries(entries.filter(([name]) => wanted(name))),
    Object.fromEntries(entries.filter(([name]) => !wanted(name))),
  ]
}

function row(what: string, ...cells: readonly string[]): void {
  const [count = '', price = '', usd = '', source = ''] = cells
  print(`  ${what.padEnd(44)}${count.padStart(12)}${price.padStart(24)}${usd.padStart(10)}  ${source}`.trimEnd())
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
