import { z } from 'zod'
import type { Deps } from '../../workflows/deps.js'
import { analyseNow } from '../../workflows/pass/analyse-now.js'
import { costTasks, runCost } from '../../workflows/pass/run-cost.js'
import { type AlarmEvent, alarmEvent, alarmInWords, groupOf, onceForAlarm } from './alarm-event.js'
import { failedParts } from './run-faults.js'
import { wireFunction } from './wire-function.js'

/** Reads costs and writes the cost issue; at an alarm of low CPU it makes the recommendations of the group. */
export const handler = wireFunction({
  name: 'cost-optimizer',
  event: z.union([z.strictObject({ task: z.enum(costTasks) }), alarmEvent]),
  expects: `{"task"} of ${costTasks.join(', ')}, or ${alarmInWords} on the CPU of a group`,
  reserveMs: 60_000,
  work: async (deps, event) => {
    if (!('task' in event)) return onAlarm(deps, event)
    const { faults } = await runCost(deps, event.task)
    deps.journal.outcome('costs read', { task: event.task, missing: faults.length })
    return { task: event.task, failed: failedParts(faults, 1) }
  },
})

async function onAlarm(deps: Deps, alarm: AlarmEvent) {
  const key = groupOf(alarm)
  const answer =
    key &&
    (await onceForAlarm(deps, alarm, () =>
      analyseNow(deps, { keys: [key], why: 'CPU at or below 20 % for an hour', topic: 'costAlert' }),
    ))
  const { analysed, faults } = answer || { analysed: 0, faults: [] }
  return { analysed, failed: failedParts(faults, analysed) }
}
