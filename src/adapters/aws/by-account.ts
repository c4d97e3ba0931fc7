import { TrimtabError } from '../../core/model/errors.js'
import { unknown } from '../../core/model/fact.js'
import type { Group, GroupKey } from '../../core/model/group.js'
import type { Stacks } from '../../ports/stacks.js'
import type { CapacityWriter, CostSource, Fleet, GroupSelection, Listed, Roster, SignalReader } from '../../ports.js'
import { splitGroupKey } from './group-key.js'

/** One account's AWS, reached with its own credentials. */
export interface AccountAccess {
  /** Twelve digits; `self` is the account that the process's own credentials belong to. */
  readonly account: string
  readonly regions: readonly string[]
  readonly fleet: Fleet
  readonly page: PageOf
  readonly signals: SignalReader
  readonly costs: CostSource
  readonly stacks: Stacks
  /** Undefined where no role that may change groups is configured for the account. */
  readonly capacity: CapacityWriter | undefined
}

/** One page of the groups of a region of the account. */
export type PageOf = (region: string, selection: GroupSelection, token?: string) => ReturnType<Roster['page']>

/** Several accounts behind the ports of one: each call goes to the account of its group. */
export interface Accounts {
  readonly fleet: Fleet
  readonly roster: Roster
  readonly signals: SignalReader
  readonly costs: CostSource
  readonly stacks: Stacks
  readonly capacity: CapacityWriter
}

/**
 * The first account is the process's own: it serves every account that is not named. An account that cannot be listed
 * is a fault of its own, and the others go on.
 */
export function byAccount(accounts: readonly [AccountAccess, ...AccountAccess[]]): Accounts {
  const [own] = accounts
  const of = (account: string) => accounts.find((one) => one.account === account) ?? own
  const ofKey = (groupKey: GroupKey) => of(splitGroupKey(groupKey).account)
  return {
    fleet: {
      list: (selection) => listAll(accounts, selection),
      read: (groupKey) => ofKey(groupKey).fleet.read(groupKey),
    },
    roster: {
      places: (selection) => accounts.flatMap((access) => placesOf(access, selection)),
      page: ({ account, region }, selection, token) => of(account).page(region, selection, token),
    },
    signals: {
      read: async (groups, window, policyOf, only) => {
        const parts = await Promise.all(
          accounts.map(async (access) => {
            const its = groups.filter((group) => of(group.account) === access)
            return its.length === 0 ? [] : [...(await access.signals.read(its, window, policyOf, only))]
          }),
        )
        return new Map(parts.flat())
      },
    },
    costs: { read: (account, now) => of(account).costs.read(account, now) },
    stacks: { parameters: (group) => of(group.account).stacks.parameters(group) },
    capacity: {
      setMinSize: (groupKey, minSize) => writerOf(ofKey(groupKey)).setMinSize(groupKey, minSize),
      setDesiredCapacity: (groupKey, desired) => writerOf(ofKey(groupKey)).setDesiredCapacity(groupKey, desired),
      stackUpdateInProgress: async (group: Group) => {
        const { account, capacity } = of(group.account)
        return capacity ? capacity.stackUpdateInProgress(group) : unknown(noWriter(account))
      },
    },
  }
}

/** A name that one account does not know may be another's: only one that none knows is a fault. */
async function* listAll(accounts: readonly AccountAccess[], selection: GroupSelection): AsyncGenerator<Listed> {
  const found = new Set<string>()
  const absent = new Map<string, Listed>()
  for (const { account, regions, fleet } of accounts) {
    const own = ofAccount(selection, account, accounts)
    if (own.keys?.length === 0) continue
    try {
      for await (const listed of fleet.list({ ...own, regions })) {
        if (listed.kind === 'group') found.add(listed.group.name)
        if (listed.kind === 'fault' && selection.names?.includes(listed.scope)) absent.set(listed.scope, listed)
        else if (listed.kind === 'group' || account === 'self') yield listed
        else yield { ...listed, scope: `${account}/${listed.scope}` }
      }
    } catch (error) {
      if (!(error instanceof TrimtabError) || account === 'self') throw error
      yield { kind: 'fault', scope: account, error }
    }
  }
  for (const [name, fault] of absent) if (!found.has(name)) yield fault
}

/** The selection with its keys cut to those of the account; those that no account is named for are the first one's. */
function ofAccount(selection: GroupSelection, account: string, accounts: readonly AccountAccess[]): GroupSelection {
  if (!selection.keys) return selection
  const named = accounts.map((access) => access.account)
  const keys = selection.keys.filter((key) => {
    const its = splitGroupKey(key).account
    return its === account || (account === 'self' && !named.includes(its))
  })
  return { ...selection, keys }
}

function placesOf({ account, regions }: AccountAccess, selection: GroupSelection) {
  const asked = account === 'self' ? selection.regions : regions
  return asked.map((region) => ({ account, region }))
}

function writerOf({ account, capacity }: AccountAccess): CapacityWriter {
  if (capacity) return capacity
  throw new TrimtabError('permission', noWriter(account))
}

function noWriter(account: string): string {
  return `no role that may change groups is configured for account ${account}: add its applyRoleArn to TRIMTAB_ACCOUNTS`
}
