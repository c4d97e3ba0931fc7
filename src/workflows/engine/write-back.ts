import type { Application, PullRequestRef } from '../../core/model/change.js'
import type { Settings } from '../../core/model/configuration.js'
import { factValue } from '../../core/model/fact.js'
import { shortHash } from '../../core/model/identity.js'
import type { Recommendation } from '../../core/model/recommendation.js'
import { branchOf } from '../../core/proposal/pull-request-page.js'
import { writeBackTitle, writeBackView } from '../../core/proposal/write-back-page.js'
import type { AnalysisFault, GroupAnalysis } from '../analyse/analyse-fleet.js'
import type { CodeHost, Deps } from '../deps.js'
import type { ProposedPage } from '../pass/pass.js'
import { type CodeChange, editCode } from '../propose/edit-code.js'

/**
 * After a live scale-up, proposes the same number for the code, so that the next deployment does not undo it. Not
 * counted against the limits. Code that ignores desired capacity needs nothing written back.
 */
export async function writeBackApplied(
  deps: Deps,
  analyses: readonly GroupAnalysis[],
): Promise<{ readonly proposed: readonly ProposedPage[]; readonly faults: readonly AnalysisFault[] }> {
  const proposed: ProposedPage[] = []
  const faults: AnalysisFault[] = []
  const { host } = deps
  if (!host) return { proposed, faults }
  const byGroup = new Map(analyses.map((analysis) => [analysis.group.groupKey, analysis]))
  const applied = (await deps.recommendations.list({ limit: Number.POSITIVE_INFINITY })).filter(
    ({ change }) => change.state === 'applied' && !change.writeBack,
  )
  for (const recommendation of applied) {
    const analysis = byGroup.get(recommendation.groupKey)
    try {
      const page = analysis && (await writeBackOne(deps, host, recommendation, analysis))
      if (page) proposed.push(page)
    } catch (error) {
      faults.push({ scope: recommendation.groupKey, error: error instanceof Error ? error : new Error(String(error)) })
      deps.journal.failure('write-back could not be proposed', error, { changeId: recommendation.changeId })
    }
  }
  return { proposed, faults }
}

async function writeBackOne(
  deps: Deps,
  host: CodeHost,
  recommendation: Recommendation,
  analysis: GroupAnalysis,
): Promise<ProposedPage | undefined> {
  const { application } = recommendation.change
  const { code, group, policy } = analysis
  if (!application || code.kind !== 'found') return undefined
  const { from, to } = writeBackSettings(application, analysis)
  const edited = await editCode(deps, { files: code.repository.files, address: code.address, group, from, to })
  if (edited.kind === 'refused') return noted(deps, recommendation, edited)

  const branch = branchOf(recommendation, '-write-back')
  const state = await host.pullRequests.open(code.repository.name, {
    branch,
    title: writeBackTitle(recommendation, application),
    body: deps.render('write-back', writeBackView(recommendation, application, edited.proof)),
    commitMessage: `${writeBackTitle(recommendation, application)}\n\nTrimtab-Change: ${recommendation.changeId}\n`,
    files: edited.files,
    baseSha: code.repository.sha,
    labels: ['trimtab', ...policy.pullRequests.labels],
    reviewers: policy.pullRequests.reviewers,
  })
  const writeBack: PullRequestRef = {
    repository: code.repository.name,
    number: state.number,
    branch,
    contentHash: shortHash(JSON.stringify(to)),
    openedAt: deps.clock.now().toISOString(),
  }
  await deps.recommendations.save({ ...recommendation, change: { ...recommendation.change, writeBack } })
  return {
    groupKey: group.groupKey,
    recommendationId: recommendation.id,
    repository: writeBack.repository,
    number: state.number,
    kind: 'write-back',
  }
}

/** Desired capacity; the minimum with it where the two coincided before. What the code says is its value of before. */
function writeBackSettings(
  { from, to, minSizeBefore }: Application,
  { group }: GroupAnalysis,
): { readonly from: Settings; readonly to: Settings } {
  const coincided = minSizeBefore === from && factValue(group.scalingPolicies)?.length === 0
  return coincided
    ? { from: { desiredCapacity: from, minSize: minSizeBefore }, to: { desiredCapacity: to, minSize: to } }
    : { from: { desiredCapacity: from }, to: { desiredCapacity: to } }
}

/** The refusal is remembered on the change, once; code that ignores or lacks the attribute undoes nothing. */
async function noted(
  deps: Deps,
  recommendation: Recommendation,
  refused: Extract<CodeChange, { kind: 'refused' }>,
): Promise<undefined> {
  const why = `not written back to the code: ${refused.hint}`
  if (recommendation.change.why !== why)
    await deps.recommendations.save({ ...recommendation, change: { ...recommendation.change, why } })
  return undefined
}
