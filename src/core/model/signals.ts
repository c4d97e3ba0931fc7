import type { Fact } from './fact.js'
import type { Group } from './group.js'
import type { Series, SeriesSpan } from './series.js'

/** The names under which a group's series travel, with the unit each has in `Series`. */
export const signalUnits = {
  cpuAverage: 'percent',
  cpuMaximum: 'percent',
  memory: 'percent',
  networkIn: 'bytesPerSecond',
  networkOut: 'bytesPerSecond',
  inService: 'count',
  desired: 'count',
  max: 'count',
  responseTime: 'milliseconds',
  requests: 'requestsPerSecond',
  cpuCredits: 'credits',
} as const

export type SignalName = keyof typeof signalUnits

/**
 * How a group was really used: its series over one window, all on the same steps. CPU, memory and response time are
 * means (or the configured percentile) over the group's instances; network is the whole group's traffic; requests are
 * the whole target group's.
 */
export interface Signals {
  readonly group: Group
  readonly window: SeriesSpan
  readonly series: Readonly<Record<SignalName, Fact<Series>>>
}
