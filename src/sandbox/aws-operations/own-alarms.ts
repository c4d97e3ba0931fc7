import { AwsError } from '../aws/aws-error.js'
import type { Place } from '../world/launch-templates.js'
import { type Members, textOf } from './read-members.js'

/** Alarms that callers made with PutMetricAlarm. Nothing evaluates them: they stand as SetAlarmState leaves them. */
export interface OwnAlarms {
  put(place: Place, input: Members, nowMs: number): void
  /** Throws AwsError for a name that there is no alarm of, or a state that there is not. */
  setState(place: Place, input: Members, nowMs: number): void
  list(place: Place): readonly Members[]
}

const states: readonly string[] = ['OK', 'ALARM', 'INSUFFICIENT_DATA']

export function createOwnAlarms(): OwnAlarms {
  const kept = new Map<string, { readonly place: Place; readonly alarm: Members }>()
  const keyOf = ({ account, region }: Place, name: string) => `${account}/${region}/${name}`
  return {
    put(place, input, nowMs) {
      const name = textOf(input, 'AlarmName') ?? ''
      if (input.MetricName === undefined && input.Metrics === undefined)
        throw new AwsError('ValidationError', 'MetricName or Metrics must be specified')
      const key = keyOf(place, name)
      const standing = kept.get(key)?.alarm ?? stateOf('INSUFFICIENT_DATA', 'Unchecked: Initial alarm creation', nowMs)
      const { StateValue, StateReason, StateUpdatedTimestamp } = standing
      const AlarmArn = `arn:aws:cloudwatch:${place.region}:${place.account}:alarm:${name}`
      const alarm = { ActionsEnabled: true, ...input, AlarmArn, StateValue, StateReason, StateUpdatedTimestamp }
      kept.set(key, { place, alarm })
    },
    setState(place, input, nowMs) {
      const key = keyOf(place, textOf(input, 'AlarmName') ?? '')
      const known = kept.get(key)
      const value = textOf(input, 'StateValue') ?? ''
      if (!states.includes(value))
        throw new AwsError(
          'ValidationError',
          `Value '${value}' at 'stateValue' failed to satisfy constraint: Member must satisfy enum value set: [INSUFFICIENT_DATA, ALARM, OK]`,
        )
      if (!known)
        throw new AwsError('ResourceNotFound', `Alarm with name '${textOf(input, 'AlarmName')}' not found`, 404)
      const state = stateOf(value, textOf(input, 'StateReason') ?? '', nowMs)
      kept.set(key, { place, alarm: { ...known.alarm, ...state } })
    },
    list: ({ account, region }) =>
      [...kept.values()]
        .filter((one) => one.place.account === account && one.place.region === region)
        .map(({ alarm }) => alarm),
  }
}

function stateOf(StateValue: string, StateReason: string, nowMs: number): Members {
  return { StateValue, StateReason, StateUpdatedTimestamp: new Date(nowMs) }
}
