import type { GroupKey } from '../../core/model/group.js'
import type { Recommendation } from '../../core/model/recommendation.js'
import { dollars } from '../../core/proposal/figures.js'
import { escaped, type Markdown, md, own } from '../../core/proposal/markdown.js'
import { changesInWords } from '../../core/proposal/settings-words.js'
import { analyseInBatches } from '../analyse/analyse-in-batches.js'
import type { GroupAnalysis } from '../analyse/group-analysis.js'
import type { CodeHost, Deps } from '../deps.js'
import { decideOne } from '../engine/decide-recommendations.js'
import { readEstate } from '../estate/read-estate.js'
import { repositoryLease, withLease } from '../lease.js'
import { type Analysed, recordAdvice } from '../pass/record-advice.js'
import { proposeChange } from '../propose/propose-change.js'

/**
 * Computes the advice of one group again on the newest data, and brings its page up to date at once where every check
 * of a proposal passes. A recheck wakes a snoozed change.
 */
export async function recheckGroup(deps: Deps, host: CodeHost, recommendation: Recommendation): Promise<Markdown> {
  const found = await analyseOne(deps, recommendation.groupKey)
  if (!found) return own('The group could not be read just now; the next run tries again.')
  const { analysis } = found

  const rows = await recordAdvice(deps, deps.clock.now(), found)
  const now = rows.find(({ id }) => id === recommendation.id)
  if (!now)
    return md`The newest data no longer ask for it${analysis.hold ? md`: ${escaped(analysis.hold.detail)}` : own('')}. It is closed if that stays so for a day.`

  const held = waiting.includes(now.change.state) ? await bringUpToDate(deps, host, analysis, now) : undefined
  const asked = md`The newest data ask for ${escaped(changesInWords(now.from, now.to))}: ${dollars(now.monthlyUsd)} a month.`
  return held === undefined ? asked : md`${asked} The page stays as it is: ${escaped(held)}.`
}

async function analyseOne(deps: Deps, groupKey: GroupKey): Promise<Analysed | undefined> {
  const estate = await readEstate(deps, deps.homeRepository)
  const selection = { ...deps.selection, keys: [groupKey] }
  for await (const { analysed } of analyseInBatches({ ...deps, selection }, estate)) if (analysed[0]) return analysed[0]
  return undefined
}

const waiting: readonly string[] = ['proposed', 'refused', 'snoozed']

/** Why the page was not touched; undefined when it is up to date. */
async function bringUpToDate(
  deps: Deps,
  host: CodeHost,
  analysis: GroupAnalysis,
  row: Recommendation,
): Promise<string | undefined> {
  const { repository } = analysis.code
  if (!repository) return analysis.code.kind === 'missing' ? analysis.code.why : 'no repository holds its code'
  const { snoozedUntil: _awake, ...change } = row.change
  const state = change.pullRequest ? ('proposed' as const) : ('refused' as const)
  const awake = { ...row, change: { ...change, state } }
  const done = await withLease(deps, repositoryLease(repository.name), async (guard) => {
    const recommendations = await deps.recommendations.list({ limit: Number.POSITIVE_INFINITY })
    const decision = await decideOne(deps, analysis, awake, { recommendations, now: deps.clock.now() })
    if (decision.kind !== 'propose') return { held: decision.kind === 'hold' ? decision.detail : decision.reason }
    await proposeChange(deps, host, { recommendation: row, ...analysis }, guard)
    return {}
  })
  return done ? done.held : 'another run is at work in the repository'
}
