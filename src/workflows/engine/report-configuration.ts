import { configurationFaultsView } from '../../core/proposal/configuration-page.js'
import { markerOf } from '../../core/proposal/marker.js'
import type { CodeHost, Deps } from '../deps.js'
import type { Estate, Repository } from '../estate/estate.js'
import { configPath } from '../estate/read-estate.js'

/**
 * Says in each repository whether its configuration could be used: a check run on the commit and, while there are
 * faults, one issue that lists them all. Until they are mended nothing is proposed or applied there.
 */
export async function reportConfiguration(
  deps: Pick<Deps, 'host' | 'render' | 'journal'>,
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

async function reportOne(deps: Pick<Deps, 'render'>, host: CodeHost, { name, sha, faults }: Repository): Promise<void> {
  const passed = faults.length === 0
  const body = deps.render('configuration-faults', configurationFaultsView(configPath, faults))
  const title = passed
    ? `${configPath} is valid`
    : `${configPath}: ${faults.length} ${faults.length === 1 ? 'fault' : 'faults'}, nothing is done`
  await host.checks.report(name, sha, { title, summary: passed ? 'Every key was understood.' : body, passed })
  if (!passed)
    await host.issues.upsert(name, { marker: markerOf('configuration', configPath), title, body, labels: [] })
}
