import { groupNameOf } from '../../../core/model/group.js'
import { dateOf, dollars, monthOf } from '../../../core/proposal/figures.js'
import { changesInWords } from '../../../core/proposal/settings-words.js'
import type { CostDocument } from '../documents/cost.js'
import { heading, type Look, summaryTable } from '../summary.js'
import { printable } from '../terminal.js'

/** What `cost` prints: cost, projection and potential, then each group, then what is to be saved. */
export function costText(document: CostDocument, look: Look): string {
  const { groups, savings, missing } = document
  const why = missing.map((sentence) => `  ${printable(sentence)}`)
  const sections = [
    [heading('💰 Cost Summary', look.chalk), summary(document, look), ...why].join('\n'),
    ...(groups.length > 0 ? [groupTable(document, look)] : []),
    savings.length > 0 ? savingList(document, look) : 'No open saving.',
  ]
  return `${sections.join('\n\n')}\n`
}

function summary({ monthlyUsd, potentialPercent, account }: CostDocument, look: Look): string {
  const landing = account
    ? [
        [
          `The account's ${monthOf(account.month)}`,
          `${dollars(account.projectedUsd)} ± ${dollars(account.plusMinusUsd)}`,
          `settled until ${dateOf(account.settledUntil)}`,
        ],
        ["The groups' budget for a month", `${dollars(account.budgetUsd)}`, account.overBudget ? 'OVER' : 'OK'],
        ["The account's trend", account.trend ?? 'no data', account.filter],
      ]
    : [["The account's month", 'no data', '–']]
  const rows = [
    ['The groups, a month', money(monthlyUsd), 'instance-hours × on-demand price'],
    [
      'Savings potential',
      potentialPercent === null ? 'no data' : `${potentialPercent.toFixed(1)}%`,
      'combined, not summed',
    ],
    ...landing,
  ]
  return summaryTable({ head: ['Cost', 'Value', 'Note'], rows: rows.map((row) => row.map(printable)) }, look)
}

function groupTable({ groups }: CostDocument, look: Look): string {
  const rows = groups.map(({ groupKey, environment, monthlyUsd, openSavingUsd }) => [
    printable(groupNameOf(groupKey)),
    printable(environment),
    money(monthlyUsd),
    openSavingUsd === null ? '–' : money(openSavingUsd),
  ])
  return summaryTable({ head: ['Group', 'Environment', 'A month', 'To save'], rows }, look)
}

function savingList({ savings }: CostDocument, look: Look): string {
  const lines = savings.map(({ groupKey, from, to, monthlyUsd, type }) => {
    const change = changesInWords(from, to) || type
    return `  ${printable(groupNameOf(groupKey))}: ${printable(change)}, saves ${dollars(monthlyUsd)} a month`
  })
  return [look.chalk.bold('Savings'), ...lines].join('\n')
}

function money(usd: number | null): string {
  return usd === null ? 'no data' : dollars(usd)
}
