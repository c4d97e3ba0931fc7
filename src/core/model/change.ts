import type { IsoTime } from './units.js'

/**
 * The life of one recommendation: DESIGN.md section 2. `recorded` is advice nobody acted on yet.
 * proposed → merged → deployed → verified | regressed → reverted; applying → applied | rolledBack | failed;
 * declined, snoozed and superseded end or pause it from outside.
 */
export const changeStates = [
  'recorded',
  'claimed',
  'proposed',
  'refused',
  'applying',
  'applied',
  'rollingBack',
  'rolledBack',
  'merged',
  'deployed',
  'verified',
  'regressed',
  'reverted',
  'declined',
  'snoozed',
  'superseded',
  'failed',
] as const
export type ChangeState = (typeof changeStates)[number]

export interface Change {
  readonly state: ChangeState
  /** Why it is where it is, in words: the hold, the refusal, the failure. */
  readonly why?: string
  readonly pullRequest?: PullRequestRef
  /** The issue that says what to change by hand, when the edit was refused. */
  readonly issue?: IssueRef
  /** What the pull request edits, and how that was proved. */
  readonly proof?: EditProof
  readonly application?: Application
  readonly writeBack?: PullRequestRef
  /** What became of the write-back's pull request; `replaced` by that of a later scale-up. */
  readonly writeBackEnded?: WriteBackEnd
  /** The repository in which a claim acts, recorded before anything is opened there. */
  readonly claimedIn?: string
  readonly claimedAt?: IsoTime
  /** Set once the pull request and the issue of a change that ended from outside are closed too. */
  readonly closedOutAt?: IsoTime
  readonly declined?: Declined
  readonly snoozedUntil?: IsoTime
  readonly mergedAt?: IsoTime
  readonly deployedAt?: IsoTime
  readonly verification?: VerificationRecord
}

export interface PullRequestRef {
  readonly repository: string
  readonly number: number
  readonly branch: string
  /** Hash of what the pull request says; a page is rewritten only when it changes. */
  readonly contentHash: string
  readonly openedAt: IsoTime
}

export interface IssueRef {
  readonly repository: string
  readonly number: number
  /** Hash of what the issue says; it is rewritten only when that changes. */
  readonly contentHash: string
  readonly openedAt: IsoTime
}

/** The proof of an edit: lines before and after, and that no other value of the edited files differs. */
export interface EditProof {
  /** The group in its code, in the words of its format. */
  readonly address: string
  /** What kind of place holds the value: a literal, a variable's default, … */
  readonly where: string
  readonly edits: readonly {
    readonly file: string
    readonly line: number
    readonly before: string
    readonly after: string
  }[]
  /** Where the value was read on its way from the group to that place, as `file:line`. */
  readonly way: readonly string[]
  readonly valuesCompared: number
}

/** The intent of a live scale-up, written before the act, and how far it came. */
export interface Application {
  readonly from: number
  readonly to: number
  /** Minimum size before our temporary floor; the floor is put back to it. */
  readonly minSizeBefore: number
  readonly healthyBefore: number
  readonly instancesBefore: readonly string[]
  readonly startedAt: IsoTime
  /** Set once the raised floor was seen to have taken effect. */
  readonly raisedAt?: IsoTime
  readonly floorRestoredAt?: IsoTime
  /** Set before our own addition is undone: the desired capacity to go back to. */
  readonly undoTo?: number
  /** Set when someone asked for more while we undid: what they asked for, given back through a second floor. */
  readonly giveBackTo?: number
  readonly result?: 'succeeded' | 'rolledBack' | 'failed'
  readonly resultAt?: IsoTime
  /** Set once the result was told to the performance topic. */
  readonly announcedAt?: IsoTime
}

export interface WriteBackEnd {
  readonly kind: 'merged' | 'closed' | 'replaced'
  readonly at: IsoTime
  readonly by?: string
}

export interface Declined {
  readonly by: string
  readonly at: IsoTime
  readonly because?: string
  /** The saving of that day, against which a later one is compared. */
  readonly monthlyUsd: number
  /** Until when it holds, by the settings of that day; 180 days where they were not known. */
  readonly untilAt?: IsoTime
  /** The factor of those settings by which the saving must grow to be raised again; else 1.5. */
  readonly reraiseFactor?: number
}

export interface VerificationRecord {
  readonly verdict: 'improved' | 'neutral' | 'regressed' | 'unclear'
  readonly at: IsoTime
  readonly savedUsdPerMonth?: number
  readonly summary: string
}

/** States in which a change still holds its (group, property): no second one may be opened. */
export const openStates: readonly ChangeState[] = [
  'recorded',
  'claimed',
  'proposed',
  'refused',
  'applying',
  'rollingBack',
  'merged',
  'deployed',
  'snoozed',
]

export function isOpen(state: ChangeState): boolean {
  return openStates.includes(state)
}
