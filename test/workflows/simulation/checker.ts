import { groupNameOf } from '../../../src/core/model/group.js'
import type { Call, Watcher } from './scheduler.js'
import { limits, repository, type World } from './world.js'

/*
 * What must hold whatever happens, said without a line of the code that decides: the world is looked at from outside,
 * after each effect.
 */

export interface Checker extends Watcher {
  readonly broken: readonly string[]
  /** Someone else asks a group for so much: from now on it may not end below. */
  readonly asked: (name: string, desired: number) => void
  /** To be called when everything has come to rest. */
  readonly atRest: () => Promise<void>
}

const healthyBefore = 4
const largest = 6

export function createChecker(world: World): Checker {
  const broken: string[] = []
  const floors = new Map<string, number>()
  const say = (what: string) => void (broken.includes(what) || broken.push(what))

  /** Whose lease it is, and until when, as the table gave it out. */
  const leases = new Map<string, { readonly owner: string; readonly untilMs: number }>()

  function holds(run: string, name: string): boolean {
    const lease = leases.get(name)
    if (!lease || lease.untilMs <= world.time.nowMs) return false
    return lease.owner.startsWith(run)
  }

  /** Pull requests and refusal issues; write-backs are not limited. */
  function pagesOut(): readonly string[] {
    const { pullRequests, issues } = world.drafts
    const branches = pullRequests.map(({ draft }) => draft.branch)
    return [
      ...branches.filter((branch) => !branch.endsWith('-write-back')),
      ...issues.flatMap(({ draft }) => (draft.marker.includes('refusal') ? [draft.marker] : [])),
    ]
  }

  function pagesOpened(): void {
    const pages = pagesOut()
    if (new Set(pages).size !== pages.length) say('a change has two pages')
    if (pages.length > limits.newPerDay)
      say(`${pages.length} pages were opened in a day, the limit is ${limits.newPerDay}`)
    if (pages.length > limits.openLimit) say(`${pages.length} pages are open, the limit is ${limits.openLimit}`)
  }

  function capacityChanged({ method, given }: Call): void {
    const [key, size] = given as [string, number]
    if (method !== 'setMinSize' || size <= 2) return
    const name = groupNameOf(key)
    if (size > largest) say(`${name} was raised to ${size}, more than half above ${healthyBefore}`)
    const usd = [...world.groups.values()].reduce((sum, fake) => {
      const { min, desired } = fake.state()
      return sum + Math.max(min, desired) * limits.usdPerInstanceHour
    }, 0)
    if (usd > limits.maxHourlyCost && floors.size === 0) say(`the environment costs $${usd.toFixed(3)} an hour`)
  }

  return {
    broken,
    asked: (name, desired) => void floors.set(name, desired),
    issued(call) {
      if (call.port === 'pullRequests' && (call.method === 'open' || call.method === 'update'))
        if (!holds(call.run, `repository#${repository}`)) say(`${call.run} opens a page without its lease`)
      if (call.port === 'issues' && call.method === 'upsert')
        if (!holds(call.run, `repository#${repository}`)) say(`${call.run} writes an issue without its lease`)
      if (call.port !== 'capacity') return
      const key = call.given[0] as string
      if (!holds(call.run, `group#${key}`)) say(`${call.run} changes ${key} without its lease`)
    },
    done(call) {
      if (call.port === 'pullRequests' || call.port === 'issues') pagesOpened()
      if (call.port === 'capacity') capacityChanged(call)
      if (call.port === 'leases') noteLease(call)
      for (const [name, fake] of world.groups) {
        const least = floors.get(name) ?? healthyBefore
        if (fake.state().desired < least) say(`${name} is at ${fake.state().desired}, ${least} were asked for`)
      }
    },
    async atRest() {
      for (const [name, fake] of world.groups)
        if (fake.state().min !== 2) say(`the raised minimum of ${name} was not put back: ${fake.state().min}`)
      const rows = await world.table.recommendations.list({ limit: Number.POSITIVE_INFINITY })
      // A claim that no page could follow, because others had filled the limits meanwhile, waits for its turn.
      const full = pagesOut().length >= limits.openLimit
      for (const { groupKey, change } of rows)
        if (['applying', 'rollingBack', ...(full ? [] : ['claimed'])].includes(change.state))
          say(`${groupKey} is left ${change.state}`)
      for (const [name, { untilMs }] of leases) if (untilMs > world.time.nowMs) say(`the lease ${name} is left behind`)
    },
  }

  /** The table answers before the run hears of it: what it gave out counts, heard or not. */
  function noteLease({ method, given }: Call): void {
    if (method === 'acquire') {
      const [name, owner, ttlMs] = given as [string, string, number]
      const current = leases.get(name)
      const free = !current || current.untilMs <= world.time.nowMs || current.owner === owner
      if (free) leases.set(name, { owner, untilMs: world.time.nowMs + ttlMs })
      return
    }
    const [lease, ttlMs] = given as [{ readonly name: string; readonly owner: string }, number]
    const current = leases.get(lease.name)
    if (current?.owner !== lease.owner) return
    if (method === 'release') leases.delete(lease.name)
    else if (current.untilMs > world.time.nowMs)
      leases.set(lease.name, { owner: lease.owner, untilMs: world.time.nowMs + ttlMs })
  }
}
