import type { Applied } from '../pass/pass.js'
import type { ApplyDeps } from './application-row.js'
import type { Begun } from './begun.js'
import { type Carrying, carryOn } from './carry-on.js'

const lookEveryMs = 30_000

/** How one of them ended; `applied` is undefined where the intent was withdrawn. */
export type Ending =
  | { readonly kind: 'ended'; readonly applied: Applied | undefined }
  | { readonly kind: 'fault'; readonly error: unknown }

/**
 * Carries on with live changes side by side: a look at each of them, a pause, the next look, until all have ended. One
 * group that takes its full health timeout keeps no other waiting, and one that fails fails alone.
 */
export async function carryOnTogether(
  { clock }: Pick<ApplyDeps, 'clock'>,
  begun: readonly Begun[],
  ended: (begun: Begun, ending: Ending) => Promise<void>,
): Promise<void> {
  let going = begun.map((one) => ({ one, carrying: carryOn(one.underway) }))
  while (going.length > 0) {
    const pending: typeof going = []
    for (const { one, carrying } of going) {
      const ending = await look(carrying)
      if (!ending) pending.push({ one, carrying })
      else await endOne(one, () => ended(one, ending))
    }
    going = pending
    if (going.length > 0) await clock.sleep(lookEveryMs)
  }
}

/** Its end, or undefined while there is more to wait for. */
async function look(carrying: Carrying): Promise<Ending | undefined> {
  try {
    const step = await carrying.next()
    return step.done ? { kind: 'ended', applied: step.value } : undefined
  } catch (error) {
    return { kind: 'fault', error }
  }
}

async function endOne({ release }: Begun, tell: () => Promise<void>): Promise<void> {
  try {
    await tell()
  } finally {
    await release()
  }
}
