import { TrimtabError } from '../../../src/core/model/errors.js'
import { known } from '../../../src/core/model/fact.js'
import { type Group, type GroupInstance, groupKeyOf, type ScalingActivity } from '../../../src/core/model/group.js'
import type { CapacityWriter, Clock, Fleet } from '../../../src/ports.js'

export const groupKey = groupKeyOf('123456789012', 'us-east-1', 'shop-web')

/** Time that several groups share. */
export interface SharedTime {
  nowMs: number
}

export interface FakeGroupOptions {
  /** Seconds until a new instance is InService; never for a launch that fails. */
  readonly bootSeconds: number
  readonly newInstances: 'healthy' | 'unhealthy'
  /** Seconds until the group acts on a changed desired capacity, and an activity tells of it. */
  readonly lagSeconds: number
}

/** A tiny, deterministic stand-in for one AWS Auto Scaling group, with its clamps and the wording of its causes. */
export interface FakeGroup extends Fleet, CapacityWriter, Clock {
  readonly state: () => { readonly min: number; readonly max: number; readonly desired: number }
  readonly group: () => Group
  /** What a person or a policy does. False where AWS would refuse it or nothing changes. */
  readonly ask: (desired: number) => boolean
  /** How often desired capacity was raised, by whomever. */
  readonly raises: () => readonly (readonly [number, number])[]
  readonly tick: () => void
}

interface Running {
  readonly id: string
  readonly launchedAt: number
  readonly sound: boolean
}

export function createFakeGroup(
  options: FakeGroupOptions,
  name = 'shop-web',
  time: SharedTime = { nowMs: Date.parse('2026-11-24T12:00:00.000Z') },
): FakeGroup {
  let [min, max, desired] = [2, 10, 4]
  let launched = 4
  let running: Running[] = [1, 2, 3, 4].map((n) => ({ id: `i-${n}`, launchedAt: 0, sound: true }))
  let causes: string[] = []
  let actAt = 0
  const activities: ScalingActivity[] = []
  const raised: (readonly [number, number])[] = []

  const iso = (ms: number) => new Date(ms).toISOString()
  const seconds = (ms: number) => iso(ms).replace(/\.\d+Z/, 'Z')

  function log(description: string): void {
    activities.unshift({
      activityId: `a-${activities.length}`,
      startedAt: iso(time.nowMs),
      endedAt: iso(time.nowMs),
      statusCode: 'Successful',
      cause: `${causes.join('  ')}  At ${seconds(time.nowMs)} an instance was changed in response to a difference`,
      description,
    })
  }

  /** The group acts on the difference between desired and actual, newest instances first out. */
  function act(): void {
    if (time.nowMs < actAt || running.length === desired) return
    while (running.length < desired) {
      launched += 1
      running.push({ id: `i-${launched}`, launchedAt: time.nowMs, sound: options.newInstances === 'healthy' })
      log(`Launching a new EC2 instance: i-${launched}`)
    }
    while (running.length > desired) {
      log(`Terminating EC2 instance: ${running.at(-1)?.id}`)
      running = running.slice(0, -1)
    }
    causes = []
  }

  function change(next: number, why: string): void {
    if (next === desired) return
    causes.push(`At ${seconds(time.nowMs)} ${why} changing the desired capacity from ${desired} to ${next}.`)
    if (next > desired) raised.push([desired, next])
    desired = next
    actAt = time.nowMs + options.lagSeconds * 1000
    act()
  }

  function tick(ms = 1000): void {
    time.nowMs += ms
    act()
  }

  function instance({ id, launchedAt, sound }: Running): GroupInstance {
    const up = sound && time.nowMs - launchedAt >= options.bootSeconds * 1000
    return {
      instanceId: id,
      instanceType: 'm5.large',
      availabilityZone: 'us-east-1a',
      lifecycleState: up ? 'InService' : 'Pending',
      healthStatus: 'Healthy',
      protectedFromScaleIn: false,
    }
  }

  const described = (): Group => ({
    ...plain,
    groupKey: groupKeyOf(plain.account, plain.region, name),
    name,
    minSize: min,
    maxSize: max,
    desiredCapacity: desired,
    instances: running.map(instance),
    activities: known([...activities]),
  })

  /** What time has done to the group shows when somebody looks. */
  const group = (): Group => {
    act()
    return described()
  }

  return {
    state: () => ({ min, max, desired }),
    group,
    raises: () => raised,
    tick,
    ask(value) {
      if (value < min || value > max || value === desired) return false
      time.nowMs += 1000
      change(value, 'a user request explicitly set group desired capacity')
      return true
    },
    now: () => new Date(time.nowMs),
    async sleep(ms) {
      tick(ms)
    },
    async *list() {
      yield { kind: 'group', group: group() }
    },
    async read() {
      return group()
    },
    async setMinSize(_, value) {
      if (value > max) throw new TrimtabError('internal', `min ${value} above max ${max}`)
      min = value
      const next = Math.max(desired, min)
      change(
        next,
        `a user request update of AutoScalingGroup constraints to min: ${min}, max: ${max}, desired: ${next}`,
      )
    },
    async setDesiredCapacity(_, value) {
      if (value < min || value > max) throw new TrimtabError('internal', `desired ${value} outside ${min}..${max}`)
      change(value, 'a user request explicitly set group desired capacity')
    },
    async stackUpdateInProgress() {
      return known(false)
    },
  }
}

const plain: Omit<Group, 'minSize' | 'maxSize' | 'desiredCapacity' | 'instances' | 'activities'> = {
  groupKey,
  account: '123456789012',
  region: 'us-east-1',
  name: 'shop-web',
  environment: 'production',
  environmentFrom: 'tag',
  tags: { Environment: 'production', 'trimtab:apply': 'true' },
  availabilityZones: ['us-east-1a'],
  launch: known({ kind: 'launch-template', source: 'shop-web', instanceType: 'm5.large' }),
  targetGroupArns: [],
  healthCheckType: 'EC2',
  healthCheckGraceSeconds: 0,
  defaultCooldownSeconds: 300,
  suspendedProcesses: [],
  enabledMetrics: [],
  createdAt: '2026-01-01T00:00:00.000Z',
  scalingPolicies: known([]),
  scheduledActions: known([]),
  instanceRefreshes: known([]),
  warmPool: known(undefined),
  lifecycleHooks: known([]),
}
