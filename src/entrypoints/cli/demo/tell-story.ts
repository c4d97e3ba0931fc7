import type { Decision } from '../../../core/model/decision.js'
import { dayMs, minuteMs } from '../../../core/model/units.js'
import { company, type Sandbox } from '../../../sandbox/start-sandbox.js'
import type { Deps } from '../../../workflows/deps.js'
import type { Applied, DecidedGroup, Pass } from '../../../workflows/pass/pass.js'
import { runPass } from '../../../workflows/pass/run-pass.js'

/** What the story tells while it goes on. */
export interface Narrator {
  /** A new day begins. */
  day(day: number, now: Date): void
  /** `whole`: every group is told, not only what is new. */
  pass(pass: Pass, whole: boolean): void
  merged(number: number, title: string): void
  deployed(changes: readonly string[]): void
}

export interface Story {
  readonly first: Pass
  readonly last: Pass
  /** For each recommendation the decision that moved it, else the last one; for groups without, the last hold. */
  readonly decisions: readonly DecidedGroup[]
  readonly applied: readonly Applied[]
  readonly mergedPullRequest: number | undefined
}

/** The days that are told: until the daily limits have let everything out, then the day on which promises are verified. */
const toldDays = [1, 2, 3, 4, 5, 12]

/**
 * Runs Trimtab on the sandbox for some virtual days, as a schedule would: the team merges what keeps the live change,
 * and one saving; its pipeline deploys; the promise is verified seven days later.
 */
export async function tellStory(sandbox: Sandbox, deps: Deps, narrator: Narrator): Promise<Story> {
  const passes: Pass[] = []
  let merged: number | undefined
  const startMs = deps.clock.now().getTime()
  for (const day of toldDays) {
    await deps.clock.sleep(Math.max(0, startMs + (day - 1) * dayMs - deps.clock.now().getTime()))
    narrator.day(day, deps.clock.now())
    passes.push(await watchedPass(deps, narrator, day === 1 || day === toldDays.at(-1)))
    if (day === 1) {
      await deps.clock.sleep(45 * minuteMs)
      passes.push(await watchedPass(deps, narrator, false))
    }
    const mergedNow = await mergeOne(sandbox, narrator, merged)
    merged ??= mergedNow
    if (mergedNow !== undefined || day === 1) narrator.deployed(await sandbox.deploy())
  }
  return {
    first: passes[0] as Pass,
    last: passes[passes.length - 1] as Pass,
    decisions: tellingDecisions(passes),
    applied: passes.flatMap(({ applied }) => applied),
    mergedPullRequest: merged,
  }
}

async function watchedPass(deps: Deps, narrator: Narrator, whole: boolean): Promise<Pass> {
  const pass = await runPass(deps)
  narrator.pass(pass, whole)
  return pass
}

/** The lead merges write-backs as they come, and the first saving; returns the saving's number when it was merged now. */
async function mergeOne(
  sandbox: Sandbox,
  narrator: Narrator,
  already: number | undefined,
): Promise<number | undefined> {
  const open = (await sandbox.github.pulls(company.repository)).filter(({ state }) => state === 'open')
  const writeBacks = open.filter(({ headBranch }) => headBranch.endsWith('-write-back'))
  const saving = already === undefined ? open.find(({ title }) => title.includes(' saves ')) : undefined
  for (const { number, title } of [...writeBacks, ...(saving ? [saving] : [])]) {
    await sandbox.github.merge(company.repository, number, company.lead)
    narrator.merged(number, title)
  }
  await sandbox.github.settled()
  return saving?.number ?? (writeBacks.length > 0 ? already : undefined)
}

function tellingDecisions(passes: readonly Pass[]): readonly DecidedGroup[] {
  const kept = new Map<string, DecidedGroup>()
  for (const decided of passes.flatMap(({ decisions }) => decisions)) {
    const key = decided.recommendationId ?? decided.groupKey
    const before = kept.get(key)?.decision
    if (before === undefined || weight(decided.decision) >= weight(before)) kept.set(key, decided)
  }
  const advised = new Set(
    [...kept.values()].flatMap(({ recommendationId, groupKey }) => (recommendationId ? [groupKey] : [])),
  )
  return [...kept.values()].filter(
    ({ recommendationId, groupKey }) => recommendationId !== undefined || !advised.has(groupKey),
  )
}

function weight({ kind }: Decision): number {
  return kind === 'hold' ? 0 : 1
}
