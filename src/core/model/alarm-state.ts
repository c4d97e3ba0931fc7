import type { IsoTime } from './units.js'

/** A CloudWatch alarm as it stands. */
export interface AlarmState {
  readonly name: string
  readonly state: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA'
  readonly since: IsoTime
}
