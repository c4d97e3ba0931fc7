import { applyTag, type Group, healthyInServiceCount } from '../model/group.js'
import { type Hold, hold } from '../model/hold.js'
import type { Policy } from '../model/policy.js'
import { applyChecks } from './apply-checks.js'
import { openFreeze } from './open-freeze.js'

/**
 * What would hold any live scale-up of a group now, whatever its demand: the checks of the ladder that need nothing but
 * the group and its settings. Empty where adding one instance could go on to the rest of the ladder.
 */
export function standingHolds(group: Group, policy: Policy, now: Date): readonly Hold[] {
  const wish = { desiredCapacity: group.desiredCapacity + 1, policy, now }
  const instances = { total: group.instances.length, healthyInService: healthyInServiceCount(group) }
  const [atMaximum] = applyChecks.capacity.filter(({ reason }) => reason === 'above-max')
  const capacity = { desired: group.desiredCapacity, inService: instances.healthyInService, max: group.maxSize }
  const freeze = openFreeze(policy, now)
  const details = [
    [applyChecks.mode[0].reason, applyChecks.mode[0].against(policy.mode)],
    [
      applyChecks.deploymentEnabled[0].reason,
      applyChecks.deploymentEnabled[0].against(policy.enableAutoScalingOptimization, wish),
    ],
    [applyChecks.killSwitch[0].reason, applyChecks.killSwitch[0].against(policy.killSwitch)],
    [applyChecks.freeze[0].reason, applyChecks.freeze[0].against(freeze)],
    [applyChecks.optInTag[0].reason, applyChecks.optInTag[0].against(group.tags[applyTag.key])],
    [applyChecks.instances[0].reason, applyChecks.instances[0].against(instances)],
    [applyChecks.suspendedProcesses[0].reason, applyChecks.suspendedProcesses[0].against(group.suspendedProcesses)],
    ['above-max', atMaximum?.against(capacity, wish)],
  ] as const
  return details.flatMap(([reason, detail]) => (detail === undefined ? [] : [hold(reason, detail)]))
}
