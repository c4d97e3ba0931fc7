import type { Group } from '../../core/model/group.js'
import type { Recommendation } from '../../core/model/recommendation.js'
import { dayMs } from '../../core/model/units.js'
import { dollars } from '../../core/proposal/figures.js'
import { escaped, type Markdown, md, own } from '../../core/proposal/markdown.js'
import { markerOf } from '../../core/proposal/marker.js'
import { noticeView } from '../../core/proposal/notice-page.js'
import { promiseOf } from '../../core/verification/promise.js'
import { daysAfterDeployment, verify } from '../../core/verification/verify.js'
import type { PlacedGroup } from '../analyse/place-group.js'
import { windowUntil } from '../analyse/windows.js'
import type { Deps } from '../deps.js'

/** An unclear comparison is tried again until then: one odd week is not the last word. */
const patienceDays = 28

/**
 * Seven days after the deployment: compares the same hours of the week before and after, stores the verdict and says
 * it under the pull request. Too early, nothing happens.
 */
export async function verifyChange(
  deps: Deps,
  recommendation: Recommendation,
  { group, policy }: PlacedGroup,
): Promise<Recommendation> {
  const { mergedAt, deployedAt } = recommendation.change
  const now = deps.clock.now()
  if (deployedAt === undefined || now.getTime() - Date.parse(deployedAt) < daysAfterDeployment * dayMs)
    return recommendation
  const catalogue = await deps.market.catalogue(group.region)
  const observe = async (until: Date, instanceType: string | undefined) => {
    const window = windowUntil(until, daysAfterDeployment)
    const signals = (await deps.signals.read([group], window, () => policy)).get(group.groupKey)
    if (!signals) throw new Error(`verifying ${recommendation.changeId}: no metrics of ${group.groupKey}`)
    const vcpus = instanceType === undefined ? undefined : catalogue.types.get(instanceType)?.vcpus
    return { signals, ...(vcpus !== undefined && { vcpus }) }
  }

  const types = typesOf(recommendation, group)
  // A deployment is noticed some time after it was made: only before the merge is it certainly not at work.
  const before = await observe(new Date(mergedAt ?? deployedAt), types.before)
  const after = await observe(now, types.after)
  const { record } = verify({ before, after, promise: promiseOf(recommendation), policy, at: now.toISOString() })

  if (record.verdict === 'unclear' && now.getTime() - Date.parse(deployedAt) < patienceDays * dayMs)
    return recommendation
  const failed = record.verdict === 'regressed'
  const change = {
    ...recommendation.change,
    state: failed ? ('regressed' as const) : ('verified' as const),
    verification: record,
  }
  // Said first: the reply is edited in place, so a run that dies in between says it once all the same.
  await say(deps, { ...recommendation, change })
  const saved = await deps.recommendations.save({ ...recommendation, status: failed ? 'FAILED' : 'COMPLETED', change })
  deps.journal.outcome('change verified', {
    changeId: recommendation.changeId,
    groupKey: group.groupKey,
    verdict: record.verdict,
  })
  return saved ?? recommendation
}

function typesOf(
  { from, to }: Recommendation,
  group: Group,
): { readonly before: string | undefined; readonly after: string | undefined } {
  const live = group.launch.kind === 'known' ? group.launch.value.instanceType : undefined
  return { before: from.instanceType ?? live, after: to.instanceType ?? live }
}

const headlines = {
  improved: 'Kept.',
  neutral: 'Not kept, no harm done.',
  regressed: 'Not kept.',
  unclear: 'Not clear.',
} as const

async function say(deps: Deps, { change, changeId }: Recommendation): Promise<void> {
  const { pullRequest, verification } = change
  if (!deps.host || !pullRequest || !verification) return
  const name = `${changeId}.verified`
  const page = noticeView(
    name,
    own(headlines[verification.verdict]),
    md`${escaped(verification.summary)}${savedLine(verification.savedUsdPerMonth)}`,
  )
  await deps.host.conversation.reply(
    pullRequest.repository,
    pullRequest.number,
    markerOf('reply', name),
    deps.render('notice', page),
  )
}

function savedLine(usd: number | undefined): Markdown {
  return usd === undefined ? own('') : md` Verified saving **${dollars(usd)} a month**.`
}
