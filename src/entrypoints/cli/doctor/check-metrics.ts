import { policyFor } from '../../../config/policy-for.js'
import type { Fact } from '../../../core/model/fact.js'
import type { Group } from '../../../core/model/group.js'
import { coverageOf, type Series } from '../../../core/model/series.js'
import type { SignalName } from '../../../core/model/signals.js'
import { windowUntil } from '../../../workflows/analyse/windows.js'
import type { Deps } from '../../../workflows/deps.js'
import { type Check, checking, fail, ok, warn } from './check.js'

const groupsLookedAt = 50

interface Look {
  readonly signal: SignalName
  readonly name: string
  readonly mend: string
}

const looks: readonly Look[] = [
  {
    signal: 'cpuAverage',
    name: 'CPU metrics',
    mend: 'Without CPU there is no score and no advice: are instances running, and is AWS/EC2 CPUUtilization there?',
  },
  {
    signal: 'memory',
    name: 'memory metrics',
    mend: 'Install the CloudWatch agent with the dimension AutoScalingGroupName, or name the metric in .github/trimtab.yml (metrics). Until then advice stays within the load that instances have carried.',
  },
  {
    signal: 'inService',
    name: 'group metrics',
    mend: 'Switch on the group metrics of Auto Scaling (enable-metrics-collection --granularity 1Minute).',
  },
]

export interface FoundGroups {
  readonly groups: readonly Group[]
  readonly checks: readonly Check[]
}

/** The groups that are found, and which of their facts could not be read. */
export async function findGroups(deps: Deps): Promise<FoundGroups> {
  const groups: Group[] = []
  const faults: Check[] = []
  try {
    for await (const listed of deps.fleet.list(deps.selection)) {
      if (listed.kind === 'group') groups.push(listed.group)
      else faults.push(fail(`group ${listed.scope}`, listed.error))
    }
  } catch (error) {
    return { groups, checks: [fail('groups', error)] }
  }
  if (groups.length === 0 && faults.length > 0) return { groups, checks: faults }
  if (groups.length === 0) {
    const where = deps.selection.regions.join(', ')
    const mend = 'Is it the right account, region and TRIMTAB_GROUP_TAGS?'
    return { groups, checks: [warn('groups', `there are none in ${where}`, mend)] }
  }
  const names = groups.slice(0, 5).map(({ name }) => name)
  const found = ok('groups', `${groups.length}: ${names.join(', ')}${groups.length > 5 ? ', …' : ''}`)
  return { groups, checks: [found, ...faults, ...factChecks(groups)] }
}

/** Which metrics a day of the groups has. */
export async function metricChecks(deps: Deps, groups: readonly Group[]): Promise<readonly Check[]> {
  return groups.length === 0 ? [] : seriesChecks(deps, groups.slice(0, groupsLookedAt))
}

/** One line for each reason, with how many groups it concerns. */
function factChecks(groups: readonly Group[]): readonly Check[] {
  const whys = new Map<string, number>()
  for (const group of groups) {
    const { launch, scalingPolicies, scheduledActions, activities, instanceRefreshes, warmPool, lifecycleHooks } = group
    const facts: readonly Fact<unknown>[] = [
      launch,
      scalingPolicies,
      scheduledActions,
      activities,
      instanceRefreshes,
      warmPool,
      lifecycleHooks,
    ]
    for (const fact of facts) if (fact.kind === 'unknown') whys.set(fact.why, (whys.get(fact.why) ?? 0) + 1)
  }
  return [...whys].map(([why, count]) =>
    warn(
      'facts',
      `${why} (${count} of ${groups.length} groups)`,
      'What decides safety and is unknown holds these groups.',
    ),
  )
}

async function seriesChecks(deps: Deps, groups: readonly Group[]): Promise<readonly Check[]> {
  const window = windowUntil(deps.clock.now(), 1)
  const policyOf = (group: Group) => policyFor(undefined, group.environment, deps.deployment, group)
  const failed: Check[] = []
  const signals = await deps.signals.read(groups, window, policyOf).catch((error: unknown) => {
    failed.push(fail('metrics', error))
    return undefined
  })
  if (!signals) return failed
  return Promise.all(
    looks.map(({ signal, name, mend }) =>
      checking(name, async () => {
        const missing = groups.filter(({ groupKey }) => !hasSamples(signals.get(groupKey)?.series[signal]))
        if (missing.length === 0) return ok(name, `all ${groups.length} groups in the last day`)
        const names = missing.slice(0, 5).map((group) => group.name)
        const more = missing.length > 5 ? ', …' : ''
        return warn(
          name,
          `none in the last day for ${missing.length} of ${groups.length}: ${names.join(', ')}${more}`,
          mend,
        )
      }),
    ),
  )
}

function hasSamples(fact: Fact<Series> | undefined): boolean {
  return fact?.kind === 'known' && coverageOf(fact.value) > 0
}
