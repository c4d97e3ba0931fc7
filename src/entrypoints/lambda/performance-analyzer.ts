import { z } from 'zod'
import type { Environment } from '../../config/environment.js'
import type { GroupKey } from '../../core/model/group.js'
import { usageNames } from '../../core/model/usage.js'
import type { Deps } from '../../workflows/deps.js'
import { readEstate } from '../../workflows/estate/read-estate.js'
import { analyseNow } from '../../workflows/pass/analyse-now.js'
import { investigate } from '../../workflows/pass/investigate.js'
import { runMonitoring } from '../../workflows/pass/run-monitoring.js'
import { runPerformance } from '../../workflows/pass/run-performance.js'
import { isLeftUndone } from '../../workflows/time-up.js'
import { type AlarmEvent, alarmEvent, alarmInWords, groupOf, onceForAlarm } from './alarm-event.js'
import { batchSize, groupBatches } from './group-batches.js'
import { failedParts } from './run-faults.js'
import { wireFunction } from './wire-function.js'

const place = z.strictObject({ account: z.string().regex(/^(self|\d{12})$/), region: z.string().min(1) })
const groupKey = z.string().regex(/^\d{12}\/[a-z0-9-]+\/.+$/)

const asked = z.union([
  z.discriminatedUnion('task', [
    z.strictObject({ task: z.literal('places') }),
    z.strictObject({ task: z.literal('list'), place, token: z.string().optional() }),
    z.strictObject({ task: z.literal('analyze'), groups: z.array(groupKey).max(batchSize) }),
    z.strictObject({ task: z.literal('monitor') }),
  ]),
  alarmEvent,
])

/**
 * Gathers, scores and records: all groups of a schedule in batches, the scores between, and what an alarm calls for. Each
 * answer says how many groups were analysed outside the schedule, which starts the engine.
 */
export const handler = wireFunction({
  name: 'performance-analyzer',
  event: asked,
  expects: `{"task":"places"}, {"task":"list","place","token"?}, {"task":"analyze","groups"} of at most ${batchSize} group keys, {"task":"monitor"}, or ${alarmInWords}`,
  // A batch's groups are planned one by one; the last of them, and what is stored, must still fit.
  reserveMs: 60_000,
  withoutGitHub: (event) => 'task' in event && (event.task === 'places' || event.task === 'list'),
  work: async (deps, event, environment) => {
    if (!('task' in event)) return onAlarm(deps, event)
    if (event.task === 'places') return { places: deps.roster.places(deps.selection) }
    if (event.task === 'analyze') return analyse(deps, event.groups)
    if (event.task === 'monitor') return monitor(deps, environment)
    return { place: event.place, ...(await groupBatches(deps.roster, event, deps.selection, served(environment))) }
  },
})

/** The environment that groups must belong to; named groups need not. */
function served({ functions }: Environment): string | undefined {
  return functions.groupNames ? undefined : functions.environmentName
}

/** Steps of the state machine around a batch: its start, this call, the choice, the end, and the map's own. */
const transitionsOfBatch = 5

/** A group that is in no report, and did not fail, was not begun: another call takes it. */
async function analyse(deps: Deps, keys: readonly GroupKey[]) {
  deps.meter.count(usageNames.transitions, transitionsOfBatch)
  const estate = await readEstate(deps, deps.homeRepository)
  const { reports, faults } = await runPerformance({ ...deps, selection: { ...deps.selection, keys } }, estate)
  const failed = failedParts(faults, reports.length)
  const settled = new Set([...reports.map(({ group }) => group.groupKey), ...failed.map(({ scope }) => scope)])
  // Without a stop, a group that is in neither has been deleted.
  const unfinished = faults.some(isLeftUndone) ? keys.filter((key) => !settled.has(key)) : []
  deps.journal.outcome('groups analysed', {
    groups: reports.length,
    failed: failed.length,
    unfinished: unfinished.length,
  })
  return { analysed: reports.length, failed, unfinished }
}

/** Groups that no alarm can name are watched here. */
async function monitor(deps: Deps, { functions }: Environment) {
  const { scored, analysed, faults } = await runMonitoring(deps, { cpuRules: functions.groupNames === undefined })
  const failed = failedParts(faults, scored)
  deps.journal.outcome('groups watched', { scored, analysed, failed: failed.length })
  return { scored, analysed, failed }
}

async function onAlarm(deps: Deps, alarm: AlarmEvent) {
  const answer = await onceForAlarm(deps, alarm, () => {
    const key = groupOf(alarm)
    if (key === undefined) return investigate(deps)
    return analyseNow(deps, { keys: [key], why: 'CPU at or above 85 % for 15 minutes', topic: 'performanceAlert' })
  })
  const { analysed, faults } = answer ?? { analysed: 0, faults: [] }
  return { analysed, failed: failedParts(faults, analysed) }
}
