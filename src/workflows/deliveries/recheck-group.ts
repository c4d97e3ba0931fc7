import type { Recommendation } from '../../core/model/recommendation.js'
import { dollars } from '../../core/proposal/figures.js'
import { escaped, type Markdown, md, own } from '../../core/proposal/markdown.js'
import { changesInWords, groupNameOf } from '../../core/proposal/settings-words.js'
import { analyseFleet } from '../analyse/analyse-fleet.js'
import type { CodeHost, Deps } from '../deps.js'
import { readEstate } from '../estate/read-estate.js'
import { recordPass } from '../pass/record-pass.js'
import { proposeChange } from '../propose/propose-change.js'

/** Computes the advice of one group again on the newest data, and brings its page up to date at once. */
export async function recheckGroup(deps: Deps, host: CodeHost, recommendation: Recommendation): Promise<Markdown> {
  const [, region = ''] = recommendation.groupKey.split('/')
  const selection = { ...deps.selection, regions: [region], names: [groupNameOf(recommendation.groupKey)] }
  const estate = await readEstate(deps, deps.homeRepository)
  const { analyses } = await analyseFleet({ ...deps, selection }, estate)

  const rows = await recordPass(deps, { at: deps.clock.now(), groups: analyses })
  const now = rows.find(({ id }) => id === recommendation.id)
  const analysis = analyses.find(({ group }) => group.groupKey === recommendation.groupKey)
  if (!analysis) return own('The group could not be read just now; the next run tries again.')
  if (!now)
    return md`The newest data no longer ask for it${analysis.hold ? md`: ${escaped(analysis.hold.detail)}` : own('')}. It is closed if that stays so for a day.`

  if (waiting.includes(now.change.state)) await proposeChange(deps, host, { recommendation: now, ...analysis })
  return md`The newest data ask for ${escaped(changesInWords(now.from, now.to))}: ${dollars(now.monthlyUsd)} a month.`
}

const waiting: readonly string[] = ['proposed', 'refused', 'snoozed']
