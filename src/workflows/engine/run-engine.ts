import { rank } from '../../core/decision/rank.js'
import type { Recommendation } from '../../core/model/recommendation.js'
import type { AnalysisFault, GroupAnalysis } from '../analyse/analyse-fleet.js'
import { applyScaleUp } from '../apply/apply-scale-up.js'
import type { CodeHost, Deps } from '../deps.js'
import type { Applied, DecidedGroup, Pass, ProposedPage } from '../pass/pass.js'
import { proposeChange } from '../propose/propose-change.js'
import { announceOutcome } from './announce.js'
import { decideOne } from './decide-recommendations.js'

export interface EngineOutcome {
  readonly decisions: readonly DecidedGroup[]
  readonly applied: readonly Applied[]
  readonly proposed: readonly ProposedPage[]
  readonly faults: readonly AnalysisFault[]
}

const repositoryLeaseMs = 10 * 60_000

/**
 * Decides each recommendation, best first, and acts on it. Live scale-ups come first: they are urgent and independent.
 * Proposals follow, under one lease a repository, because limits and ranking belong to the repository.
 */
export async function runEngine(
  deps: Deps,
  pass: Pick<Pass, 'at' | 'groups'>,
  recommendations: readonly Recommendation[],
): Promise<EngineOutcome> {
  const byGroup = new Map(pass.groups.map((analysis) => [analysis.group.groupKey, analysis]))
  const turns = rank(recommendations).flatMap((recommendation) => {
    const analysis = byGroup.get(recommendation.groupKey)
    return analysis ? [{ recommendation, analysis }] : []
  })
  const outcome = emptyOutcome()
  const leases = await leaseRepositories(
    deps,
    turns.map(({ analysis }) => analysis),
  )
  for (const turn of turns) {
    try {
      await takeTurn(deps, turn, leases, outcome)
    } catch (error) {
      outcome.faults.push({
        scope: turn.recommendation.groupKey,
        error: error instanceof Error ? error : new Error(String(error)),
      })
      deps.journal.failure('recommendation could not be acted on', error, { changeId: turn.recommendation.changeId })
    }
  }
  for (const lease of leases.values()) await deps.leases.release(lease)
  return outcome
}

interface Turn {
  readonly recommendation: Recommendation
  readonly analysis: GroupAnalysis
}

type RepositoryLeases = ReadonlyMap<string, NonNullable<Awaited<ReturnType<Deps['leases']['acquire']>>>>

function emptyOutcome() {
  return {
    decisions: [] as DecidedGroup[],
    applied: [] as Applied[],
    proposed: [] as ProposedPage[],
    faults: [] as AnalysisFault[],
  }
}

/** A repository that another run works on is left to that run. */
async function leaseRepositories(deps: Deps, analyses: readonly GroupAnalysis[]): Promise<RepositoryLeases> {
  const names = new Set(analyses.flatMap(({ code }) => code.repository?.name ?? []))
  const leases = new Map()
  for (const name of names) {
    const lease = await deps.leases.acquire(`repository#${name}`, deps.owner, repositoryLeaseMs)
    if (lease) leases.set(name, lease)
  }
  return leases
}

async function takeTurn(
  deps: Deps,
  { recommendation, analysis }: Turn,
  leases: RepositoryLeases,
  outcome: ReturnType<typeof emptyOutcome>,
): Promise<void> {
  const open = {
    recommendations: await deps.recommendations.list({ limit: Number.POSITIVE_INFINITY }),
    now: deps.clock.now(),
  }
  const decision = await decideOne(deps, analysis, recommendation, open)
  outcome.decisions.push({ groupKey: recommendation.groupKey, recommendationId: recommendation.id, decision })

  if (decision.kind === 'apply') {
    const applied = await applyScaleUp(deps, analysis, recommendation)
    if (!applied) return
    outcome.applied.push(applied)
    await announceOutcome(deps, recommendation, `capacity ${applied.from} → ${applied.to}: ${applied.result}`)
  }
  if (decision.kind === 'propose' && deps.host && leases.has(analysis.code.repository?.name ?? '')) {
    const page = await propose(deps, deps.host, analysis, recommendation)
    if (page) outcome.proposed.push(page)
  }
}

async function propose(
  deps: Deps,
  host: CodeHost,
  { group, policy, code }: GroupAnalysis,
  recommendation: Recommendation,
): Promise<ProposedPage | undefined> {
  const done = await proposeChange(deps, host, { recommendation, group, policy, code })
  if (!done) return undefined
  const { change, id, groupKey } = done.recommendation
  const ref = change.pullRequest ?? change.issue
  return ref && { groupKey, recommendationId: id, repository: ref.repository, number: ref.number, kind: done.kind }
}
