import type { EditableProperty } from '../../model/code.js'
import type { GroupKind } from './group-kinds.js'
import type { ProgramValue } from './program-values.js'
import type { Resource } from './resource.js'
import type { Run } from './run.js'

/** A policy or schedule of a group: how it may be called, and the path of its value, undefined where that is a function of it. */
export interface Attached {
  readonly resource: Resource
  readonly names: readonly string[]
  readonly path: readonly string[] | undefined
}

const policyMethods: Readonly<Record<string, readonly string[] | undefined>> = {
  scaleOnCpuUtilization: ['targetUtilizationPercent'],
  scaleOnIncomingBytes: ['targetBytesPerSecond'],
  scaleOnOutgoingBytes: ['targetBytesPerSecond'],
  scaleToTrackMetric: ['targetValue'],
  scaleOnRequestCount: ['targetRequestsPerMinute'],
}

const tracking = ['targetTrackingConfiguration', 'targetValue']

const policyResources: Readonly<Record<string, readonly string[]>> = {
  TargetTrackingScalingPolicy: ['targetValue'],
  CfnScalingPolicy: tracking,
  Policy: tracking,
}

/** The target-tracking policies of a group. */
export function attachedPolicies(run: Run, group: Resource): readonly Attached[] {
  return run.resources.flatMap((resource): readonly Attached[] => {
    const word = resource.words.at(-1) ?? ''
    if (resource.module === '' && resource.receiver === group && Object.hasOwn(policyMethods, word)) {
      const path = policyMethods[word]
      const given = path !== undefined && hasEntry(resource.args, path[0] ?? '')
      return [{ resource, names: namesOf(resource), path: given ? path : undefined }]
    }
    const path = Object.hasOwn(policyResources, word) ? policyResources[word] : undefined
    if (path === undefined || !belongsTo(resource, group) || !hasEntry(resource.args, path[0] ?? '')) return []
    return [{ resource, names: namesOf(resource), path }]
  })
}

const scheduleResources = new Set(['ScheduledAction', 'CfnScheduledAction', 'Schedule'])

/** The scheduled actions of a group. */
export function attachedSchedules(
  run: Run,
  group: Resource,
  kind: GroupKind,
  property: EditableProperty,
): readonly Attached[] {
  const word = (resource: Resource) => resource.words.at(-1) ?? ''
  const capacity = { minSize: 'minCapacity', maxSize: 'maxCapacity', desiredCapacity: 'desiredCapacity' } as const
  const name = property as keyof typeof capacity
  return run.resources.flatMap((resource): readonly Attached[] => {
    if (resource.module === '' && resource.receiver === group && word(resource) === 'scaleOnSchedule')
      return [{ resource, names: namesOf(resource), path: [capacity[name]] }]
    if (!scheduleResources.has(word(resource)) || !belongsTo(resource, group)) return []
    const path = word(resource) === 'ScheduledAction' && kind.library === 'cdk' ? capacity[name] : name
    return [{ resource, names: namesOf(resource), path: [path] }]
  })
}

function hasEntry(value: ProgramValue | undefined, key: string): boolean {
  return value?.kind === 'unknown' || (value?.kind === 'object' && (value.entries.has(key) || value.rest !== undefined))
}

/** True when a resource names the group as its own. */
function belongsTo({ args }: Resource, group: Resource): boolean {
  if (args?.kind !== 'object') return false
  const named =
    args.entries.get('autoScalingGroup') ??
    args.entries.get('autoScalingGroupName') ??
    args.entries.get('autoscalingGroupName')
  if (named?.kind === 'object') return named.resource === group
  return named?.kind === 'unknown' && named.from?.resource === group
}

function namesOf({ name, args, nameText }: Resource): readonly string[] {
  const own =
    args?.kind === 'object' ? ['policyName', 'scheduledActionName', 'name'].map((key) => args.entries.get(key)) : []
  const known = [name, ...own].flatMap((one) => (one?.kind === 'scalar' ? [String(one.scalar)] : []))
  return nameText === undefined ? known : [...known, nameText]
}
