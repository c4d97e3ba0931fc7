import type { MetricAlarm } from '@aws-sdk/client-cloudwatch'
import type { AlarmState } from '../../core/model/alarm-state.js'
import type { Alarms } from '../../ports.js'
import type { AwsClients } from './clients.js'
import { itemsOf, pagesOf } from './pages.js'

const call = 'cloudwatch:DescribeAlarms'

/** The alarms of the region in which a deployment stands. */
export function createAlarms(clients: AwsClients, region: string): Alarms {
  return {
    async list(prefix) {
      const cloudWatch = await clients.cloudWatch(region)
      const pages = pagesOf(
        call,
        (token) =>
          cloudWatch.describeAlarms({ AlarmNamePrefix: prefix, NextToken: token, AlarmTypes: ['MetricAlarm'] }),
        (page) => page.NextToken,
      )
      const alarms = await itemsOf(pages, (page) => (page.MetricAlarms ?? []).flatMap(stateOf))
      return [...alarms].sort((a, b) => (a.name < b.name ? -1 : 1))
    },
  }
}

/** Left out where AWS leaves out what it is called or how it stands. */
function stateOf({
  AlarmName: name,
  StateValue: state,
  StateUpdatedTimestamp: since,
}: MetricAlarm): readonly AlarmState[] {
  if (name === undefined || since === undefined) return []
  if (state !== 'OK' && state !== 'ALARM' && state !== 'INSUFFICIENT_DATA') return []
  return [{ name, state, since: since.toISOString() }]
}
