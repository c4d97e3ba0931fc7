import { judgeAddition } from '../../core/decision/judge-addition.js'
import type { Applied } from '../pass/pass.js'
import { endApplication, noteProgress, type Underway } from './application-row.js'
import { raiseCapacity, restoreFloor, withdrawIntent } from './raise-capacity.js'
import { undoAddition } from './undo-addition.js'

/** A live change on its way to its end; each yield is a pause before the next look, undefined an intent withdrawn. */
export type Carrying = AsyncGenerator<void, Applied | undefined, void>

/** Carries a recorded intent to its end from wherever it stands: raise, put the floor back, watch health, undo. */
export async function* carryOn(underway: Underway): Carrying {
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
  return yield* watchHealth(settled)
}

async function* watchHealth(underway: Underway): AsyncGenerator<void, Applied, void> {
  const { deps, guard, policy, row } = underway
  const { application } = row.change
  for (;;) {
    const live = await deps.fleet.read(row.groupKey)
    const timing = { now: deps.clock.now(), healthTimeoutMinutes: policy.scaleUp.healthTimeoutMinutes }
    const addition = judgeAddition(application, live, timing)
    if (addition.kind === 'healthy') return endApplication(underway, 'succeeded', 'the new instances are healthy')
    if (addition.kind === 'lowered') return endApplication(underway, 'failed', addition.why)
    if (addition.kind === 'timed-out') return rollBack(underway, addition.why)
    yield
    await guard.check()
  }
}

async function rollBack(underway: Underway, why: string): Promise<Applied> {
  const { row } = underway
  const told = { ...underway, row: { ...row, change: { ...row.change, why } } }
  return undoAddition(await noteProgress(told, {}, 'rollingBack'), why)
}
