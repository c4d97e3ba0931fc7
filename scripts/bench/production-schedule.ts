import { type Usage, usageNames } from '../../src/core/model/usage.js'
import type { Deps } from '../../src/workflows/deps.js'
import { readEstate } from '../../src/workflows/estate/read-estate.js'
import { runCost } from '../../src/workflows/pass/run-cost.js'
import { runMonitoring } from '../../src/workflows/pass/run-monitoring.js'
import { runOptimization } from '../../src/workflows/pass/run-optimization.js'
import { runPerformance } from '../../src/workflows/pass/run-performance.js'

/** A run that the stack's schedules start, and what AWS bills around it. */
export interface ScheduledTask {
  readonly name: string
  /** Minutes until the next task. */
  readonly minutesAfter: number
  readonly run: (deps: Deps) => Promise<unknown>
  /** Function time and workflow steps of a run that takes so many seconds of CPU. */
  readonly around: (cpuSeconds: number) => Usage
}

/**
 * Lambda gives a whole vCPU at 1,769 MB (AWS: "Configure Lambda function memory"), and a share of it below: a second of
 * CPU is 1.769 GB-s whatever the memory. While a run waits for answers its memory of 1 GB is billed: two seconds each, an assumption.
 */
const gigabytesPerCpu = 1.769
const waitingGigabyteSeconds = 2

/** Five transitions a batch (its start, Analyze, the choice, the end, and the map's own), eight around all of them. */
const analysisTransitions = 13

function task(
  name: string,
  minutesAfter: number,
  run: ScheduledTask['run'],
  transitions = 0,
  invocations = 1,
): ScheduledTask {
  return {
    name,
    minutesAfter,
    run,
    around: (cpuSeconds) => ({
      [usageNames.invocations]: invocations,
      [usageNames.gigabyteSeconds]: cpuSeconds * gigabytesPerCpu + waitingGigabyteSeconds,
      [usageNames.transitions]: transitions,
    }),
  }
}

/** What runs in an hour of the day: the analysis with the engine after it, the engine again, monitoring four times. */
export function tasksOfHour(hour: number): readonly ScheduledTask[] {
  const monitoring = (minutesAfter: number) =>
    task('monitoring', minutesAfter, (deps) => runMonitoring(deps, { cpuRules: false }))
  const engine = task('engine', 0, runOptimization)
  const analysis = task(
    'analysis',
    0,
    async (deps) => runPerformance(deps, await readEstate(deps, deps.homeRepository)),
    analysisTransitions,
    3,
  )
  const cost = hour === 5 ? [task('cost', 0, (deps) => runCost(deps, 'daily'))] : []
  return [analysis, engine, engine, ...cost, monitoring(15), monitoring(15), monitoring(15), monitoring(15)]
}
