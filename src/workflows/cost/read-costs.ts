import type { CostReport } from '../../core/model/cost.js'
import { type Fact, known } from '../../core/model/fact.js'
import { dayMs } from '../../core/model/units.js'
import type { Deps } from '../deps.js'

/** Cost Explorer's view of an account, asked at most once a day: a set of its queries costs money. */
export async function readCosts(
  deps: Pick<Deps, 'costs' | 'notebook' | 'clock'>,
  account: string,
): Promise<Fact<CostReport>> {
  const now = deps.clock.now()
  const key = `costs#${account}#${now.toISOString().slice(0, 10)}`
  const cached = await deps.notebook.read<CostReport>(key)
  if (cached) return known(cached)

  const report = await deps.costs.read(account, now)
  if (report.kind === 'known') await deps.notebook.write(key, report.value, new Date(now.getTime() + 2 * dayMs))
  return report
}
