import { z } from 'zod'
import { groupKeyOf } from '../../core/model/group.js'
import { dayMs, minuteMs } from '../../core/model/units.js'
import type { Deps } from '../../workflows/deps.js'

const metric = z.object({
  name: z.string(),
  dimensions: z.record(z.string(), z.string()).default({}),
})

/** What EventBridge tells when an alarm goes off, as far as it is read. */
export const alarmEvent = z.object({
  source: z.literal('aws.cloudwatch'),
  'detail-type': z.literal('CloudWatch Alarm State Change'),
  account: z.string().regex(/^\d{12}$/),
  region: z.string(),
  detail: z.object({
    alarmName: z.string(),
    state: z.object({ value: z.literal('ALARM'), timestamp: z.string() }),
    configuration: z.object({
      metrics: z.array(z.object({ metricStat: z.object({ metric }).optional() })).min(1),
    }),
  }),
})
export type AlarmEvent = z.output<typeof alarmEvent>

export const alarmInWords = 'the CloudWatch Alarm State Change of an alarm that goes off'

/** The metric that an alarm is on; a dimension is a group's name where the metric is a group's. */
export function metricOf({ detail }: AlarmEvent): z.output<typeof metric> | undefined {
  return detail.configuration.metrics.flatMap(({ metricStat }) => metricStat?.metric ?? [])[0]
}

/** The group whose metric an alarm is on; undefined where it is no group's. */
export function groupOf(alarm: AlarmEvent): string | undefined {
  const name = metricOf(alarm)?.dimensions.AutoScalingGroupName
  return name === undefined ? undefined : groupKeyOf(alarm.account, alarm.region, name)
}

/** As long as a run may take: a run that died lets its alarm go then. */
const leaseMs = 15 * minuteMs

/**
 * Does the work of an alarm's change once, and not while its work runs already. Undefined where it is done, or somebody
 * else is at it. A try of the same invocation goes on where an earlier one died.
 */
export async function onceForAlarm<T>(
  { notebook, leases, clock, journal, owner }: Deps,
  { detail: { alarmName, state } }: AlarmEvent,
  work: () => Promise<T>,
): Promise<T | undefined> {
  const key = `alarm#${alarmName}#${state.timestamp}`
  const lease = await leases.acquire(`alarm#${alarmName}`, owner, leaseMs)
  const known = await notebook.read(key)
  if (!lease || known) {
    journal.outcome('alarm is worked on already', { alarm: alarmName, state: known ? 'done' : 'running' })
    if (lease) await leases.release(lease)
    return undefined
  }
  try {
    const done = await work()
    await notebook.write(key, { at: clock.now().toISOString() }, new Date(clock.now().getTime() + dayMs))
    return done
  } finally {
    await leases.release(lease)
  }
}
