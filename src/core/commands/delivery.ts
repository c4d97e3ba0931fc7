import type { IsoTime } from '../model/units.js'

/** What GitHub told us, reduced to what the work needs. `id` is the delivery's: a redelivery has the same. */
export type Delivery =
  | {
      readonly kind: 'comment'
      readonly id: string
      readonly repository: string
      readonly number: number
      readonly commentId: number
      readonly author: string
      readonly byBot: boolean
      readonly body: string
    }
  | {
      readonly kind: 'closed'
      readonly id: string
      readonly repository: string
      readonly number: number
      readonly merged: boolean
      readonly by: string
      readonly at: IsoTime
    }
