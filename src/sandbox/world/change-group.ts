import { AwsError } from '../aws/aws-error.js'
import { explainDesired } from './activities.js'
import type { GroupState, LaunchReference } from './group-state.js'

/** What a request may change. Absent members stay as they are. */
export interface GroupUpdate {
  readonly minSize?: number
  readonly maxSize?: number
  readonly desiredCapacity?: number
  readonly launch?: LaunchReference
}

/**
 * SetDesiredCapacity: refused outside min..max, and within the cooldown when it is to be honoured. The value is
 * absolute; there is no compare-and-set.
 */
export function setDesired(group: GroupState, desired: number, honorCooldown: boolean, atMs: number): void {
  refuseOddSize('desiredCapacity', desired)
  if (desired > group.maxSize) {
    throw invalid(
      `New SetDesiredCapacity value ${desired} is above max value ${group.maxSize} for the AutoScalingGroup.`,
    )
  }
  if (desired < group.minSize) {
    throw invalid(
      `New SetDesiredCapacity value ${desired} is below min value ${group.minSize} for the AutoScalingGroup.`,
    )
  }
  if (honorCooldown && group.cooldownUntilMs > atMs) {
    throw new AwsError(
      'ScalingActivityInProgress',
      `AutoScalingGroup ${group.scenario.name} is in cooldown and blocks this request.`,
    )
  }
  if (desired === group.desiredCapacity) return
  const what = 'a user request explicitly set group desired capacity'
  explainDesired(group, atMs, what, group.desiredCapacity, desired)
  group.desiredCapacity = desired
  group.cooldownUntilMs = atMs + group.scenario.defaultCooldownSeconds * 1000
}

/**
 * UpdateAutoScalingGroup: sizes must be whole and in order. Desired capacity is moved into min..max: raising min above it
 * raises it, lowering max below it lowers it. A new launch reference changes no running instance.
 */
export function updateSizes(group: GroupState, update: GroupUpdate, atMs: number): void {
  for (const [name, value] of [
    ['minSize', update.minSize],
    ['maxSize', update.maxSize],
    ['desiredCapacity', update.desiredCapacity],
  ] as const) {
    if (value !== undefined) refuseOddSize(name, value)
  }
  const minSize = update.minSize ?? group.minSize
  const maxSize = update.maxSize ?? group.maxSize
  if (minSize > maxSize) throw invalid(`Max bound, ${maxSize}, must be greater than or equal to min bound, ${minSize}`)
  const asked = update.desiredCapacity
  if (asked !== undefined && (asked < minSize || asked > maxSize)) {
    throw invalid(`Desired capacity:${asked} must be between the specified min size:${minSize} and max size:${maxSize}`)
  }
  const desired = Math.min(maxSize, Math.max(minSize, asked ?? group.desiredCapacity))
  group.minSize = minSize
  group.maxSize = maxSize
  group.launch = update.launch ?? group.launch
  if (desired === group.desiredCapacity) return
  const what = `a user request update of AutoScalingGroup constraints to min: ${minSize}, max: ${maxSize}, desired: ${desired}`
  explainDesired(group, atMs, what, group.desiredCapacity, desired)
  group.desiredCapacity = desired
}

function refuseOddSize(name: string, value: number): void {
  if (Number.isInteger(value) && value >= 0 && value <= 10_000) return
  throw invalid(
    `1 validation error detected: Value '${value}' at '${name}' failed to satisfy constraint: Member must have value greater than or equal to 0`,
  )
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationError', message)
}
