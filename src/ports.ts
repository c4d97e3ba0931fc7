/**
 * What the workflows need from outside, in domain words. Every interface has at most five methods; one contract suite
 * in test/contracts runs on each implementation. Faults are `TrimtabError`s; expected outcomes are return values.
 */
import type { AlarmState } from './core/model/alarm-state.js'
import type { FileSet } from './core/model/code.js'
import type { CostReport } from './core/model/cost.js'
import type { Fact } from './core/model/fact.js'
import type { Group, GroupKey } from './core/model/group.js'
import type { GroupReport } from './core/model/group-report.js'
import type { Catalogue } from './core/model/instance-type.js'
import type { Policy } from './core/model/policy.js'
import type { Advice, Priority, Recommendation, RecommendationType, Status } from './core/model/recommendation.js'
import type { SeriesSpan } from './core/model/series.js'
import type { SignalName, Signals } from './core/model/signals.js'
import type { SpotMarket, SpotWish } from './core/model/spot-market.js'
import type { IsoTime } from './core/model/units.js'

export interface Clock {
  now(): Date
  /** Returns after `ms` of this clock's time. A virtual clock moves its world on instead of waiting. */
  sleep(ms: number): Promise<void>
}

/** How long a run may still go on; at 0 it ends cleanly after the step it is in. */
export interface Deadline {
  leftMs(): number
}

// ── AWS ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** A group that was listed, or a fault that concerns one group or region only; the others go on. */
export type Listed =
  | { readonly kind: 'group'; readonly group: Group }
  | { readonly kind: 'fault'; readonly scope: string; readonly error: Error }

export interface Fleet {
  /** Every managed group, all pages, all configured regions; facts that could not be read are `unknown`. */
  list(selection: GroupSelection): AsyncIterable<Listed>
  /** A fresh read of one group with all its facts. Throws `not-found` for a deleted or unknown group. */
  read(groupKey: GroupKey): Promise<Group>
}

/** One region of one account; `self` is the account of the process's own credentials. */
export interface Place {
  readonly account: string
  readonly region: string
}

/** One page of the groups of a place, before anything is read about them. */
export interface GroupPage {
  readonly groups: readonly { readonly groupKey: GroupKey; readonly environment: string }[]
  /** Gives the next page; absent with the last. */
  readonly token?: string
}

/** What a run over many groups is divided by. */
export interface Roster {
  /** The places whose groups are managed. */
  places(selection: GroupSelection): readonly Place[]
  /** The groups of a place page by page, one call for each. */
  page(place: Place, selection: GroupSelection, token?: string): Promise<GroupPage>
}

export interface GroupSelection {
  readonly regions: readonly string[]
  /** All of these tags must match; empty takes every group. */
  readonly tags: Readonly<Record<string, string>>
  readonly names?: readonly string[]
  /** Of these, only these groups; one that is gone is left out. */
  readonly keys?: readonly GroupKey[]
}

export interface SignalReader {
  /**
   * The groups' series over one window, packed into as few requests as the API's limits allow. Every group asked for
   * has an entry; a series that could not be read, or only in part, is `unknown`, never zero. With `only`, the other
   * series are not asked for: each costs money.
   */
  read(
    groups: readonly Group[],
    window: SeriesSpan,
    policyOf: (group: Group) => Policy,
    only?: readonly SignalName[],
  ): Promise<ReadonlyMap<GroupKey, Signals>>
}

export interface Market {
  /** Instance types and prices of a region; falls back to the shipped, dated list and says so in each source. */
  catalogue(region: string): Promise<Catalogue>
  /** Availability and interruption risk of spot capacity; asked only for types that are advised. */
  spot(wish: SpotWish): Promise<SpotMarket>
}

export interface CostSource {
  /** Cost Explorer's view of an account, at most one set of queries a day (cached by the caller). */
  read(account: string, now: Date): Promise<Fact<CostReport>>
}

/** The only live writes there are. Both may be repeated: the values are absolute. */
export interface CapacityWriter {
  /** Sets the minimum size. Raising it can only raise desired capacity: the race-proof way to add capacity. */
  setMinSize(groupKey: GroupKey, minSize: number): Promise<void>
  /** Sets desired capacity, honouring the cooldown; used only to undo our own unfinished addition. */
  setDesiredCapacity(groupKey: GroupKey, desiredCapacity: number): Promise<void>
  /** Whether a CloudFormation stack update runs on the stack that owns the group; known `false` without a stack. */
  stackUpdateInProgress(group: Group): Promise<Fact<boolean>>
}

export interface Alarms {
  /** The metric alarms whose names begin so, by name, all pages. Throws where they cannot be read. */
  list(prefix: string): Promise<readonly AlarmState[]>
}

export interface MetricPoint {
  readonly name: string
  readonly value: number
  readonly unit: 'None' | 'Percent' | 'Count'
  readonly dimensions: Readonly<Record<string, string>>
}

export interface Telemetry {
  /** Publishes metrics of one moment. */
  publish(namespace: string, at: Date, points: readonly MetricPoint[]): Promise<void>
  /** Sends one message to a topic of the deployment; does nothing where the topic is not configured. */
  announce(topic: Topic, subject: string, text: string, attributes: Readonly<Record<string, string>>): Promise<void>
}

export type Topic = 'optimizationRecommendation' | 'performanceAlert' | 'costAlert'

// ── Table ────────────────────────────────────────────────────────────────────────────────────────────────────────────

export type Recorded =
  | { readonly kind: 'new'; readonly recommendation: Recommendation }
  | { readonly kind: 'known'; readonly recommendation: Recommendation }

export interface RecommendationQuery {
  readonly type?: RecommendationType
  readonly priority?: Priority
  readonly status?: Status
  readonly groupKey?: GroupKey
  /** Newest first; default 20, `Infinity` for all. */
  readonly limit?: number
}

export interface Recommendations {
  /**
   * Stores advice under its change id: the open change of the same (group, property) is returned as `known`, otherwise
   * a new generation is claimed. Twice, at once or after a crash: one row.
   */
  record(advice: Advice, at: Date): Promise<Recorded>
  /** By id; undefined when there is none or its ttl has passed. */
  find(id: string): Promise<Recommendation | undefined>
  list(query: RecommendationQuery): Promise<readonly Recommendation[]>
  /** Writes `next` if the stored revision is still `next.revision`; the stored row with revision + 1, or undefined when another writer was first. */
  save(next: Recommendation): Promise<Recommendation | undefined>
}

export interface Lease {
  readonly name: string
  readonly owner: string
  readonly expiresAt: IsoTime
}

export interface Leases {
  /** Undefined while another owner holds it. An expired lease may be taken over; a stale owner is never renewed. */
  acquire(name: string, owner: string, ttlMs: number): Promise<Lease | undefined>
  renew(lease: Lease, ttlMs: number): Promise<Lease | undefined>
  release(lease: Lease): Promise<void>
}

/** Small dated notes: cost caches, refusals, deliveries, what a page said last. */
export interface Notebook {
  read<T>(key: string): Promise<T | undefined>
  write(key: string, value: unknown, expiresAt?: Date): Promise<void>
  /** True for exactly one caller: the one that wrote the key first. */
  writeOnce(key: string, value: unknown, expiresAt?: Date): Promise<boolean>
  /** Counts one more of `key` up to `limit`, atomically; false when the limit is reached. */
  take(key: string, limit: number, expiresAt: Date): Promise<boolean>
}

/** The newest analysis of each group: what the passes hand to each other. */
export interface Reports {
  /** In place of the group's earlier one, unless that is newer. */
  save(report: GroupReport): Promise<void>
  /** Undefined where there is none, or it has passed away: a group that is not analysed any more is forgotten. */
  find(groupKey: GroupKey): Promise<GroupReport | undefined>
  /** Every report, in no order; read piece by piece. */
  all(): AsyncIterable<GroupReport>
}

// ── GitHub ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** `owner/name`. */
export type RepositoryName = string

export interface CodeReader {
  /** Repositories that this installation or token may work on. */
  repositories(): Promise<readonly RepositoryName[]>
  /** Commit at the tip of the default branch, and that branch's name. */
  head(repository: RepositoryName): Promise<{ readonly branch: string; readonly sha: string }>
  /** Files of a commit for which `wanted` says yes, read in one go. Symbolic links and files over 1 MB are left out. */
  files(repository: RepositoryName, sha: string, wanted: (path: string) => boolean): Promise<FileSet>
}

export interface PullRequestDraft {
  readonly branch: string
  readonly title: string
  readonly body: string
  readonly commitMessage: string
  /** New full texts of the changed files only. */
  readonly files: FileSet
  /** The commit that the files were read from. */
  readonly baseSha: string
  readonly labels: readonly string[]
  readonly reviewers: readonly string[]
}

export interface PullRequestState {
  readonly number: number
  readonly state: 'open' | 'merged' | 'closed'
  readonly branch: string
  readonly title: string
  readonly body: string
  readonly closedBy?: string
  readonly closedAt?: IsoTime
  readonly mergedAt?: IsoTime
  /** Whether every commit on the branch is ours: a branch that people wrote to is never overwritten. */
  readonly onlyOurCommits: boolean
}

export interface PullRequests {
  /** Creates branch, commit and pull request, or finishes what an earlier try left half-done: one pull request for a branch. */
  open(repository: RepositoryName, draft: PullRequestDraft): Promise<PullRequestState>
  /** Rewrites title, body and, where only our commits are on it and the tree differs, the branch. */
  update(repository: RepositoryName, number: number, draft: PullRequestDraft): Promise<PullRequestState>
  /** The newest pull request of a branch, in any state. */
  find(repository: RepositoryName, branch: string): Promise<PullRequestState | undefined>
  /** Closes it with one comment that says why, and deletes the branch. */
  close(repository: RepositoryName, number: number, why: string): Promise<void>
}

export interface IssueDraft {
  /** Hidden marker in the body that makes the issue findable: one issue for a marker. */
  readonly marker: string
  readonly title: string
  readonly body: string
  readonly labels: readonly string[]
}

export interface Issues {
  /** Creates the issue of the marker, or rewrites it where it differs. Closed by a person: stays closed, untouched. */
  upsert(
    repository: RepositoryName,
    draft: IssueDraft,
  ): Promise<{ readonly number: number; readonly changed: boolean; readonly state: 'open' | 'closed' }>
  /** The issue of the marker in any state, with who closed it; undefined when there is none. */
  find(repository: RepositoryName, marker: string): Promise<IssueState | undefined>
  close(repository: RepositoryName, number: number): Promise<void>
}

export interface IssueState {
  readonly number: number
  readonly state: 'open' | 'closed'
  readonly closedBy?: string
  readonly closedAt?: IsoTime
}

export interface Conversation {
  /** The live permission of a person: only `write` and above may command. */
  permission(repository: RepositoryName, login: string): Promise<'admin' | 'write' | 'read' | 'none'>
  /** Puts one comment under an issue or pull request; a comment that carries the same marker is edited in place. */
  reply(repository: RepositoryName, number: number, marker: string, body: string): Promise<void>
  react(repository: RepositoryName, commentId: number, reaction: 'eyes' | '+1' | 'confused'): Promise<void>
}

/** A check run on the default branch's tip: says whether the configuration could be read. */
export interface Checks {
  report(
    repository: RepositoryName,
    sha: string,
    report: { readonly title: string; readonly summary: string; readonly passed: boolean },
  ): Promise<void>
}

// ── Around ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** One structured line for each outcome. Never a secret or a whole payload. */
export interface Journal {
  outcome(message: string, fields: Readonly<Record<string, string | number | boolean | undefined>>): void
  failure(
    message: string,
    error: unknown,
    fields?: Readonly<Record<string, string | number | boolean | undefined>>,
  ): void
}
