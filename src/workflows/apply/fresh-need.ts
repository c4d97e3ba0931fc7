import { analyse } from '../../core/analysis/analyse.js'
import { type Fact, known, unknown } from '../../core/model/fact.js'
import type { Group } from '../../core/model/group.js'
import type { Policy } from '../../core/model/policy.js'
import { scaleUp } from '../../core/planning/scale-up.js'
import { windowUntil } from '../analyse/windows.js'
import type { Deps } from '../deps.js'

/** A day is enough to see degradation, and to tell whether memory follows the load. */
const lookbackDays = 1

/** The desired capacity that the newest metrics ask for; undefined inside a known fact when the group is well now. */
export async function freshNeed(
  deps: Pick<Deps, 'clock' | 'signals' | 'market'>,
  policy: Policy,
  group: Group,
): Promise<Fact<number | undefined>> {
  const answers = await deps.signals.read([group], windowUntil(deps.clock.now(), lookbackDays), () => policy)
  const signals = answers.get(group.groupKey)
  if (!signals) return unknown(`the metrics of ${group.groupKey} were not answered`)
  if (signals.series.cpuAverage.kind === 'unknown') return signals.series.cpuAverage
  const catalogue = await deps.market.catalogue(group.region)
  const type = group.launch.kind === 'known' ? group.launch.value.instanceType : undefined
  const scored = analyse(signals, policy, type === undefined ? undefined : catalogue.types.get(type))
  const scorecard = scored.kind === 'scored' ? scored.scorecard : undefined
  const advice = scaleUp({ group, signals: { ...signals, group }, scorecard, policy, catalogue })
  if (advice === undefined) return known(undefined)
  if ('kind' in advice) return advice.reason === 'fact-unknown' ? unknown(advice.detail) : known(undefined)
  return known(advice.to.desiredCapacity)
}
