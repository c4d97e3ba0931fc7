import { known, unknown } from '../../../src/core/model/fact.js'
import type { Group } from '../../../src/core/model/group.js'
import type { Catalogue, InstanceType } from '../../../src/core/model/instance-type.js'
import type { Policy } from '../../../src/core/model/policy.js'
import type { Advice } from '../../../src/core/model/recommendation.js'
import type { Signals } from '../../../src/core/model/signals.js'
import { evaluate } from '../../../src/core/planning/evaluate.js'
import { type Plan, plan } from '../../../src/core/planning/plan.js'
import { studyOf } from '../../../src/core/planning/study.js'
import { cpuTracking, instancesOf, launchOf } from '../../support/group.js'
import { signalsWith, unscored } from './builders.js'

/** Work that needs the same whatever serves it, and how memory answers to it. */
export interface Work {
  readonly days: number
  readonly vcpus: (step: number) => number
  /** Hottest instance's CPU ÷ mean CPU. */
  readonly skew: number
  /**
   * GiB that the work holds whatever serves it, GiB that every instance holds by itself, and more for each vCPU of
   * load; absent where memory is not measured.
   */
  readonly memory?: { readonly sharedGiB: number; readonly perInstanceGiB: number; readonly perVcpuGiB: number }
}

/** What CloudWatch would have recorded of the work on this group: the group's own policy decides the capacity. */
export function recorded(work: Work, group: Group, catalogue: Catalogue, policy: Policy): Signals {
  const type = typeOfGroup(group, catalogue)
  const guess = signalsWith(
    group,
    { cpuAverage: (step) => (work.vcpus(step) / (group.desiredCapacity * type.vcpus)) * 100 },
    work.days,
  )
  const study = studyOf({ group, signals: guess, catalogue, policy })
  if ('kind' in study) throw new Error(`the test's group cannot be replayed: ${study.detail}`)
  const { trajectory } = evaluate(study, study.today, study.shape)
  const serving = (step: number) => trajectory.serving[step] as number
  const cpu = (step: number) => Math.min(100, (work.vcpus(step) / (serving(step) * type.vcpus)) * 100)
  const { memory } = work
  return signalsWith(
    group,
    {
      inService: serving,
      desired: (step) => trajectory.billed[step],
      cpuAverage: cpu,
      cpuMaximum: (step) => Math.min(100, cpu(step) * work.skew),
      ...(memory && {
        memory: (step) => {
          const shared = (memory.sharedGiB + memory.perVcpuGiB * work.vcpus(step)) / serving(step)
          return Math.min(100, ((shared + memory.perInstanceGiB) / type.memoryGiB) * 100)
        },
      }),
    },
    work.days,
  )
}

/** The group once a merged change is deployed. */
export function deployed(group: Group, { to }: Pick<Advice, 'to'>): Group {
  const type = to.instanceType
  const desired = to.desiredCapacity ?? Math.max(group.desiredCapacity, to.minSize ?? group.desiredCapacity)
  return {
    ...group,
    minSize: to.minSize ?? group.minSize,
    maxSize: to.maxSize ?? group.maxSize,
    desiredCapacity: desired,
    instances: instancesOf(desired, type ?? group.instances[0]?.instanceType),
    ...(type !== undefined && { launch: launchOf(type) }),
    ...(to.targetValue !== undefined && { scalingPolicies: known([cpuTracking(to.targetValue)]) }),
    ...(to.schedule !== undefined && { scheduledActions: known([{ name: 'stop', recurrence: '0 20 * * *' }]) }),
    ...(to.spotMix && { launch: unknown('a spot mix') }),
  }
}

export function planFor(work: Work, group: Group, catalogue: Catalogue, policy: Policy): Plan {
  return plan({ group, signals: recorded(work, group, catalogue, policy), catalogue, policy, scored: unscored })
}

function typeOfGroup(group: Group, catalogue: Catalogue): InstanceType {
  const name = group.launch.kind === 'known' ? group.launch.value.instanceType : undefined
  const type = name === undefined ? undefined : catalogue.types.get(name)
  if (!type) throw new Error(`the test's catalogue lacks ${name}`)
  return type
}
