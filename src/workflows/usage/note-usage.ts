import { usageNames } from '../../core/model/usage.js'
import type { Deps } from '../deps.js'

/** The function that a run is in; absent where it runs on a machine of its owner. */
export interface FunctionSize {
  readonly memoryMb: number
}

/**
 * Runs, and adds what the run used to the day's sums, a run that failed included. That it could not be noted is said
 * and changes nothing else.
 */
export async function noteUsage<T>(
  deps: Pick<Deps, 'clock' | 'meter' | 'usage' | 'journal'>,
  run: () => Promise<T>,
  size?: FunctionSize,
): Promise<T> {
  const began = deps.clock.now().getTime()
  try {
    return await run()
  } finally {
    const now = deps.clock.now()
    if (size) {
      deps.meter.count(usageNames.invocations)
      deps.meter.count(usageNames.gigabyteSeconds, ((now.getTime() - began) / 1000) * (size.memoryMb / 1024))
    }
    try {
      await deps.usage.add(now.toISOString().slice(0, 10), deps.meter.take())
    } catch (error) {
      deps.journal.failure('what the run used could not be noted', error)
    }
  }
}
