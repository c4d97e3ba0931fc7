import type { GroupKey } from '../core/model/group.js'

/** A day of a group's series in UTC, `2026-11-23`. */
export interface DayOfGroup {
  readonly groupKey: GroupKey
  readonly day: string
}

/** What is kept of such a day, packed: only the reader of series knows how. At most 300 KB. */
export interface KeptDay extends DayOfGroup {
  readonly bytes: Uint8Array
  readonly expiresAt: Date
}

/** Series that earlier runs read, so that a later one asks only for what is new. */
export interface MetricHistory {
  /** The bytes of each day that is kept, in no order; may lag behind a write by moments. */
  read(days: readonly DayOfGroup[]): Promise<readonly (DayOfGroup & Pick<KeptDay, 'bytes'>)[]>
  /** In place of what is kept of the same days. Of two writers at once the later one's day is kept, as a whole. */
  write(days: readonly KeptDay[]): Promise<void>
}
