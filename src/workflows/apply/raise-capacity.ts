import { capacityChangesSince } from '../../core/decision/capacity-changes.js'
import { isOurRaise } from '../../core/decision/decide-undo.js'
import type { Application } from '../../core/model/change.js'
import { factValue } from '../../core/model/fact.js'
import type { Group } from '../../core/model/group.js'
import { dayMs } from '../../core/model/units.js'
import { lastActionKey } from './action-notes.js'
import { noteProgress, store, type Underway } from './application-row.js'

/** How the raise went: done, not needed any more (the intent is withdrawn), or without effect. */
export type Raised =
  | { readonly kind: 'raised'; readonly underway: Underway }
  | { readonly kind: 'withdrawn'; readonly why: string }
  | { readonly kind: 'no-effect'; readonly underway: Underway; readonly why: string }

const looks = 6
const lookEveryMs = 10_000

/**
 * Adds capacity by raising the minimum, which can only raise desired capacity, whoever else writes at the same time.
 * May be repeated after a crash anywhere: what is seen to have happened is not done again.
 */
export async function raiseCapacity(underway: Underway): Promise<Raised> {
  const { deps, guard, row } = underway
  const { application } = row.change
  if (application.raisedAt) return { kind: 'raised', underway }

  await deps.notebook.write(lastActionKey(row.groupKey), deps.clock.now().toISOString(), inDays(deps.clock.now(), 7))
  await guard.check()
  const live = await deps.fleet.read(row.groupKey)
  if (!isRaised(application, live) && live.minSize !== application.to) {
    const why = obstacle(application, live)
    if (why) return { kind: 'withdrawn', why }
    guard.assertHeld()
    await deps.capacity.setMinSize(row.groupKey, application.to)
  }

  return confirmRaise(underway)
}

/** The change with its capacity raised as far as it goes; `carryOn` settles whatever did not go as meant. */
export async function begunBy(underway: Underway): Promise<Underway> {
  if (underway.row.change.state === 'rollingBack') return underway
  const raised = await raiseCapacity(underway)
  return raised.kind === 'withdrawn' ? underway : raised.underway
}

async function confirmRaise(underway: Underway): Promise<Raised> {
  const { deps, row } = underway
  const { to } = row.change.application
  for (let look = 1; ; look += 1) {
    const live = await deps.fleet.read(row.groupKey)
    if (live.desiredCapacity >= to) {
      return { kind: 'raised', underway: await noteProgress(underway, { raisedAt: deps.clock.now().toISOString() }) }
    }
    if (look === looks) {
      return {
        kind: 'no-effect',
        underway,
        why: `desired capacity stayed at ${live.desiredCapacity}, below the raised minimum ${to}`,
      }
    }
    await deps.clock.sleep(lookEveryMs)
  }
}

/** Puts the minimum back, only while it is still our floor: a minimum that someone else has set since is theirs. */
export async function restoreFloor(underway: Underway): Promise<Underway> {
  const { deps, guard, row } = underway
  const { floorRestoredAt, to, minSizeBefore } = row.change.application
  if (floorRestoredAt) return underway
  await guard.check()
  const live = await deps.fleet.read(row.groupKey)
  guard.assertHeld()
  if (live.minSize === to) await deps.capacity.setMinSize(row.groupKey, minSizeBefore)
  return noteProgress(underway, { floorRestoredAt: deps.clock.now().toISOString() })
}

/** Gives an intent back of which nothing has happened: the advice is as if it had never been acted on, cooldown included. */
export async function withdrawIntent({ deps, row }: Underway, why: string): Promise<void> {
  const { application: _, ...change } = row.change
  const past = new Date(deps.clock.now().getTime() - 1000)
  await deps.notebook.write(lastActionKey(row.groupKey), past.toISOString(), past)
  await store(deps, { ...row, change: { ...change, state: 'recorded', why } })
  deps.journal.outcome('live scale-up withdrawn', { groupKey: row.groupKey, changeId: row.changeId, reason: why })
}

/** Whether our raise took effect already, in a run that died before it could say so. */
export function isRaised(application: Application, live: Group): boolean {
  if (live.desiredCapacity < application.to) return false
  const changes = capacityChangesSince(factValue(live.activities) ?? [], application.startedAt)
  return live.minSize === application.to || changes.some((change) => isOurRaise(change, application))
}

function obstacle({ to, minSizeBefore }: Application, live: Group): string | undefined {
  if (live.desiredCapacity >= to) return `someone else raised desired capacity to ${live.desiredCapacity}`
  if (live.minSize !== minSizeBefore) return `someone changed the minimum from ${minSizeBefore} to ${live.minSize}`
  return live.maxSize < to ? `the maximum was lowered to ${live.maxSize}` : undefined
}

function inDays(now: Date, days: number): Date {
  return new Date(now.getTime() + days * dayMs)
}
