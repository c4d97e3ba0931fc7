import type { ChangeState } from '../model/change.js'
import type { GroupKey } from '../model/group.js'
import type { Recommendation } from '../model/recommendation.js'
import type { Percent, UsdPerMonth } from '../model/units.js'

/** Dollars a month, each step contained in the one before it as far as promises go; `verified` is measured. */
export interface Ledger {
  readonly identified: UsdPerMonth
  readonly proposed: UsdPerMonth
  readonly merged: UsdPerMonth
  readonly verified: UsdPerMonth
}

/** What of a recommendation the ledger reads. */
export type LedgerEntry = Pick<Recommendation, 'groupKey' | 'monthlyUsd' | 'change'>

const open: readonly ChangeState[] = ['recorded', 'claimed', 'refused', 'snoozed', 'proposed']
const proposed: readonly ChangeState[] = ['proposed']
const merged: readonly ChangeState[] = ['merged', 'deployed', 'verified']

/**
 * The ledger of savings. Open advice of one group overlaps (a smaller type saves on the same instances as a lower
 * minimum), so a group counts its largest open saving once; merged changes follow each other and add up. Declined,
 * regressed and reverted changes, and advice that costs, count nowhere.
 */
export function ledgerOf(entries: readonly LedgerEntry[]): Ledger {
  const groups = [...byGroup(entries).values()]
  const mergedUsd = sum(groups.map((group) => sum(savings(group, merged))))
  return {
    identified: mergedUsd + sum(groups.map((group) => Math.max(0, ...savings(group, open)))),
    proposed: mergedUsd + sum(groups.map((group) => Math.max(0, ...savings(group, proposed)))),
    merged: mergedUsd,
    verified: sum(
      entries
        .filter((entry) => entry.change.state === 'verified' && entry.monthlyUsd > 0)
        .flatMap((entry) => entry.change.verification?.savedUsdPerMonth ?? []),
    ),
  }
}

/** Largest open saving of each group that has one. */
export function openSavingByGroup(entries: readonly LedgerEntry[]): ReadonlyMap<GroupKey, UsdPerMonth> {
  const largest = [...byGroup(entries)].map(([key, group]) => [key, Math.max(0, ...savings(group, open))] as const)
  return new Map(largest.filter(([, usd]) => usd > 0))
}

/**
 * Savings potential: the open savings, combined and not summed, as a share of the groups' monthly cost (S42). A group
 * saves at most what it costs, one whose cost is unknown is left out, so the answer is always 0–100. Undefined where no
 * cost is known.
 */
export function savingsPotential(
  entries: readonly LedgerEntry[],
  monthlyCost: ReadonlyMap<GroupKey, UsdPerMonth>,
): Percent | undefined {
  const total = sum([...monthlyCost.values()].map((usd) => Math.max(usd, 0)))
  if (total <= 0) return undefined
  const saved = [...openSavingByGroup(entries)].map(([key, usd]) =>
    Math.min(usd, Math.max(monthlyCost.get(key) ?? -1, 0)),
  )
  return Math.min((sum(saved) / total) * 100, 100)
}

function savings(entries: readonly LedgerEntry[], states: readonly ChangeState[]): readonly UsdPerMonth[] {
  return entries
    .filter((entry) => states.includes(entry.change.state) && entry.monthlyUsd > 0)
    .map((entry) => entry.monthlyUsd)
}

function byGroup(entries: readonly LedgerEntry[]): ReadonlyMap<GroupKey, readonly LedgerEntry[]> {
  const groups = new Map<GroupKey, LedgerEntry[]>()
  for (const entry of entries) {
    const group = groups.get(entry.groupKey)
    if (group) group.push(entry)
    else groups.set(entry.groupKey, [entry])
  }
  return groups
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
