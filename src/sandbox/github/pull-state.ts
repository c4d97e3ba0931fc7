import type { EmulatedGitHub } from './emulated-github.js'
import { everyPage } from './every-page.js'
import type { JsonObject } from './exchange.js'
import type { Comparison, GitObjects } from './git-objects.js'

/** A pull request as `emulate` gives it; the fields that we read. */
export interface Pull extends JsonObject {
  readonly number: number
  readonly title: string
  readonly body: string | null
  readonly state: 'open' | 'closed'
  readonly user: JsonObject
  readonly merged: boolean
  readonly merged_at: string | null
  readonly head: { readonly ref: string; readonly sha: string } & JsonObject
  readonly base: { readonly ref: string; readonly sha: string } & JsonObject
  readonly labels: readonly { readonly name: string }[]
}

/** What a closed pull request keeps for good. */
interface Closed {
  readonly headSha: string
  readonly baseSha: string
  readonly closedBy?: JsonObject
  readonly mergeSha?: string
}

/**
 * The commits a pull request stands for. `emulate` keeps those of the day it was opened; on GitHub an open one follows
 * its branches, and a closed one keeps what it had.
 */
export interface PullState {
  /** The pull request with its true commits; in a list GitHub leaves the counts out. */
  shown(home: string, pull: Pull, form: 'single' | 'list'): Promise<Pull>
  /** The pull requests in any state with their true commits, oldest first; remembered until `forget`. */
  all(home: string): Promise<readonly Pull[]>
  /** To be called after every write that may have changed a pull request. */
  forget(home: string): void
  comparison(home: string, pull: Pull): Promise<Comparison>
  /** Keeps the commits of now, before the pull request is closed. */
  close(home: string, pull: Pull, closedBy: JsonObject, mergeSha?: string): Promise<void>
  /** Lets a reopened pull request follow its branches again. */
  reopen(home: string, number: number): void
  /** Who closed it. */
  closedBy(home: string, number: number): JsonObject | undefined
}

const COUNTS = ['merged', 'mergeable', 'mergeable_state', 'rebaseable', 'merged_by', 'comments', 'review_comments']
const ONLY_SINGLE = [...COUNTS, 'commits', 'additions', 'deletions', 'changed_files', 'maintainer_can_modify']

/** Starts with no closed pull requests. */
export function createPullState(github: EmulatedGitHub, git: GitObjects): PullState {
  const closed = new Map<string, Closed>()
  const key = (home: string, number: number) => `${home}#${number}`
  const known = new Map<string, readonly Pull[]>()
  const commits = async (home: string, pull: Pull): Promise<Closed> => {
    const kept = closed.get(key(home, pull.number))
    if (kept !== undefined) return kept
    const now = await git.tips(home)
    return { headSha: now.get(pull.head.ref) ?? pull.head.sha, baseSha: now.get(pull.base.ref) ?? pull.base.sha }
  }
  return {
    async shown(home, pull, form) {
      const at = await commits(home, pull)
      return form === 'list' ? omit(moved(pull, at), ONLY_SINGLE) : withCounts(git, home, moved(pull, at))
    },
    async all(home) {
      const pulls = known.get(home) ?? (await readPulls(github, home))
      known.set(home, pulls)
      return Promise.all(pulls.map(async (pull) => moved(pull, await commits(home, pull))))
    },
    forget(home) {
      known.delete(home)
    },
    async comparison(home, pull) {
      const at = await commits(home, pull)
      return git.compare(home, at.baseSha, at.headSha)
    },
    async close(home, pull, closedBy, mergeSha) {
      const at = await commits(home, pull)
      closed.set(key(home, pull.number), { ...at, closedBy, ...(mergeSha === undefined ? {} : { mergeSha }) })
    },
    reopen(home, number) {
      closed.delete(key(home, number))
    },
    closedBy: (home, number) => closed.get(key(home, number))?.closedBy,
  }
}

function moved(pull: Pull, at: Closed): Pull {
  const [head, base] = [
    { ...pull.head, sha: at.headSha },
    { ...pull.base, sha: at.baseSha },
  ]
  return { ...pull, head, base, merge_commit_sha: at.mergeSha ?? null }
}

async function withCounts(git: GitObjects, home: string, pull: Pull): Promise<Pull> {
  const [base, head] = [pull.base.sha, pull.head.sha]
  const counts = countsOf(await git.compare(home, base, head))
  const mergeable = pull.state === 'open' ? (await git.mergedTree(home, base, head)) !== undefined : null
  const mergeable_state = mergeable === null ? 'unknown' : mergeable ? 'clean' : 'dirty'
  return { ...pull, ...counts, mergeable, rebaseable: mergeable, mergeable_state }
}

async function readPulls(github: EmulatedGitHub, home: string): Promise<readonly Pull[]> {
  const pulls = await everyPage<Pull>(github, `${home}/pulls?state=all&direction=asc`)
  return [...pulls].sort((a, b) => a.number - b.number)
}

function countsOf(comparison: Comparison) {
  const sum = (field: 'additions' | 'deletions') => comparison.files.reduce((total, file) => total + file[field], 0)
  const changed_files = comparison.files.length
  return { commits: comparison.ahead_by, additions: sum('additions'), deletions: sum('deletions'), changed_files }
}

function omit(pull: Pull, names: readonly string[]): Pull {
  return Object.fromEntries(Object.entries(pull).filter(([name]) => !names.includes(name))) as Pull
}
