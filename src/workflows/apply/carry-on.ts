import { judgeAddition } from '../../core/decision/judge-addition.js'
import type { Applied } from '../pass/pass.js'
import { endApplication, noteProgress, type Underway } from './application-row.js'
import { raiseCapacity, restoreFloor, withdrawIntent } from './raise-capacity.js'
import { undoAddition } from './undo-addition.js'

const lookEveryMs = 30_000

/**
 * Carries a recorded intent to its end from wherever it stands: raise, put the floor back, watch health, undo. Undefined
 * when nothing was done and the intent was withdrawn.
 */
export async function carryOn(underway: Underway): Promise<Applied | undefined> {
  if (underway.row.change.state === 'rollingBack') {
    return undoAddition(underway, underway.row.change.why ?? 'the new instances did not become healthy')
  }
  const raised = await raiseCapacity(underway)
  if (raised.kind === 'withdrawn') {
    await withdrawIntent(underway, raised.why)
    return undefined
  }
  const settled = await restoreFloor(raised.underway)
  if (raised.kind === 'no-effect') return endApplication(settled, 'failed', raised.why)
  return watchHealth(settled)
}

async function watchHealth(underway: Underway): Promise<Applied> {
  const { deps, guard, policy, row } = underway
  const { application } = row.change
  for (;;) {
    const live = await deps.fleet.read(row.groupKey)
    const timing = { now: deps.clock.now(), healthTimeoutMinutes: policy.scaleUp.healthTimeoutMinutes }
    const addition = judgeAddition(application, live, timing)
    if (addition.kind === 'healthy') return endApplication(underway, 'succeeded', 'the new instances are healthy')
    if (addition.kind === 'lowered') return endApplication(underway, 'failed', addition.why)
    if (addition.kind === 'timed-out') return rollBack(underway, addition.why)
    await deps.clock.sleep(lookEveryMs)
    await guard.check()
  }
}

async function rollBack(underway: Underway, why: string): Promise<Applied> {
  const { row } = underway
  const told = { ...underway, row: { ...row, change: { ...row.change, why } } }
  return undoAddition(await noteProgress(told, {}, 'rollingBack'), why)
}
