import { minuteMs } from '../../core/model/units.js'
import { configurationFaultsView } from '../../core/proposal/configuration-page.js'
import { markerOf } from '../../core/proposal/marker.js'
import type { CodeHost, Deps } from '../deps.js'
import type { Estate, Repository } from '../estate/estate.js'
import { configPath } from '../estate/read-estate.js'
import { withLease } from '../lease.js'

/**
 * Says in each repository whether its configuration could be used: a check run on the commit and, while there are
 * faults, one issue that lists them all, which is closed when they are mended. Until then nothing is proposed or applied there.
 */
export async function reportConfiguration(
  deps: ReportDeps & Pick<Deps, 'host' | 'journal'>,
  estate: Estate,
): Promise<void> {
  const { host } = deps
  if (!host) return
  for (const repository of estate.repositories) {
    if (repository.config === undefined && repository.faults.length === 0) continue
    try {
      await reportOne(deps, host, repository)
    } catch (error) {
      deps.journal.failure('configuration could not be reported', error, { repository: repository.name })
    }
  }
}

type ReportDeps = Pick<Deps, 'render' | 'notebook' | 'leases' | 'clock' | 'owner'>

async function reportOne(deps: ReportDeps, host: CodeHost, { name, sha, faults }: Repository): Promise<void> {
  const passed = faults.length === 0
  const body = deps.render('configuration-faults', configurationFaultsView(configPath, faults))
  const title = passed
    ? `${configPath} is valid`
    : `${configPath}: ${faults.length} ${faults.length === 1 ? 'fault' : 'faults'}, nothing is done`
  await host.checks.report(name, sha, { title, summary: passed ? 'Every key was understood.' : body, passed })
  const known = await deps.notebook.read<Episode>(episodeKey(name))
  if (passed && known?.since === undefined) return
  await withLease(deps, { name: `configuration#${name}`, ttlMs: minuteMs }, async () => {
    if (passed) await closeIssue(deps, host, name)
    else await writeIssue(deps, host, name, { since: sha, title, body })
  })
}

/** From the commit at which faults were first seen until they are mended: one issue for each. */
interface Episode {
  readonly since?: string
}

function episodeKey(repository: string): string {
  return `configuration-faults#${repository}`
}

/** The episode is stored before its issue is written, so that a crash in between opens no second one. */
async function writeIssue(
  { notebook }: ReportDeps,
  host: CodeHost,
  repository: string,
  page: { readonly since: string; readonly title: string; readonly body: string },
): Promise<void> {
  const known = await notebook.read<Episode>(episodeKey(repository))
  const since = known?.since ?? page.since
  if (known?.since === undefined) await notebook.write(episodeKey(repository), { since })
  const marker = markerOf('configuration', since)
  await host.issues.upsert(repository, { marker, title: page.title, body: page.body, labels: [] })
}

async function closeIssue({ notebook }: ReportDeps, host: CodeHost, repository: string): Promise<void> {
  const known = await notebook.read<Episode>(episodeKey(repository))
  if (known?.since === undefined) return
  const issue = await host.issues.find(repository, markerOf('configuration', known.since))
  if (issue?.state === 'open') await host.issues.close(repository, issue.number)
  await notebook.write(episodeKey(repository), {})
}
