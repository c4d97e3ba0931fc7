import { decideUndo, seeUndo } from '../../core/decision/decide-undo.js'
import { TrimtabError } from '../../core/model/errors.js'
import type { Applied } from '../pass/pass.js'
import { endApplication, noteProgress, type Underway } from './application-row.js'

const tries = 10
const tryEveryMs = 60_000
const looks = 5
const lookEveryMs = 15_000

/**
 * Takes our own unfinished addition back, or leaves it, as DESIGN.md rule 1 says. Resumes after a crash anywhere: the
 * intent is stored before the write, and what others asked for in between is given back.
 */
export async function undoAddition(underway: Underway, why: string): Promise<Applied> {
  const { undoTo, giveBackTo } = underway.row.change.application
  if (giveBackTo !== undefined) return giveBack(underway, giveBackTo, why)
  if (undoTo !== undefined && (await isLowered(underway))) return confirmUndo(underway, undoTo, why)
  return writeUndo(underway, why)
}

async function isLowered({ deps, row }: Underway): Promise<boolean> {
  return (await deps.fleet.read(row.groupKey)).desiredCapacity < row.change.application.to
}

async function writeUndo(underway: Underway, why: string): Promise<Applied> {
  let current = underway
  const { deps, guard } = underway
  const { groupKey } = underway.row
  for (let attempt = 1; ; attempt += 1) {
    await guard.check()
    const undo = decideUndo(current.row.change.application, await deps.fleet.read(groupKey))
    if (undo.kind === 'leave') return endApplication(current, 'failed', `${why}; left as it is: ${undo.why}`)
    if (current.row.change.application.undoTo !== undo.to) {
      current = await noteProgress(current, { undoTo: undo.to }, 'rollingBack')
      continue
    }
    if (await lowerTo(current, undo.to)) return confirmUndo(current, undo.to, why)
    if (attempt >= tries) return endApplication(current, 'failed', `${why}; left as it is: the group was busy`)
    await deps.clock.sleep(tryEveryMs)
  }
}

/** False while the group's cooldown or an activity refuses it: tried again later. */
async function lowerTo({ deps, guard, row }: Underway, desiredCapacity: number): Promise<boolean> {
  guard.assertHeld()
  try {
    await deps.capacity.setDesiredCapacity(row.groupKey, desiredCapacity)
    return true
  } catch (error) {
    if (error instanceof TrimtabError && error.code === 'conflict') return false
    throw error
  }
}

async function confirmUndo(underway: Underway, undoTo: number, why: string): Promise<Applied> {
  const { deps, row } = underway
  for (let look = 1; ; look += 1) {
    const seen = seeUndo(row.change.application, undoTo, await deps.fleet.read(row.groupKey))
    if (seen.kind === 'overtook') {
      const noted = await noteProgress(underway, { giveBackTo: seen.asked })
      return giveBack(noted, seen.asked, why)
    }
    if (seen.kind !== 'not-shown-yet' || look === looks) {
      return endApplication(underway, 'rolledBack', `${why}; desired capacity was put back to ${undoTo}`)
    }
    await deps.clock.sleep(lookEveryMs)
  }
}

/** Raises the floor to what someone asked for while we undid, and puts it back: the same monotone write as the raise. */
async function giveBack(underway: Underway, asked: number, why: string): Promise<Applied> {
  const { deps, guard, row } = underway
  const { application } = row.change
  await guard.check()
  const live = await deps.fleet.read(row.groupKey)
  const { undoTo } = application
  const stillOurs = undoTo !== undefined && seeUndo(application, undoTo, live).kind === 'overtook'
  guard.assertHeld()
  if (stillOurs && live.minSize < asked) await deps.capacity.setMinSize(row.groupKey, asked)
  await lowerFloor(underway, asked)
  return endApplication(underway, 'failed', `${why}; ${asked} was asked for meanwhile and given back`)
}

/** Waits until the floor has taken effect, then puts the minimum back while it is still our floor. */
async function lowerFloor({ deps, guard, row }: Underway, floor: number): Promise<void> {
  for (let look = 1; ; look += 1) {
    await guard.check()
    const live = await deps.fleet.read(row.groupKey)
    if (live.minSize !== floor) return
    if (live.desiredCapacity >= floor || look === looks) {
      guard.assertHeld()
      return deps.capacity.setMinSize(row.groupKey, row.change.application.minSizeBefore)
    }
    await deps.clock.sleep(lookEveryMs)
  }
}
