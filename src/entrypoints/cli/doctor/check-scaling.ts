import { TrimtabError } from '../../../core/model/errors.js'
import { applyTag, type Group } from '../../../core/model/group.js'
import type { AwsAccess } from '../../wire-aws.js'
import { type Check, fail, ok, warn } from './check.js'

/** Processes without which no policy can add an instance. */
const needed = ['Launch', 'AlarmNotification']
const noSuchGroup = 'trimtab-doctor-asks-for-no-group'

/** The three things that keep groups from scaling: no policy that can act, failing activities, no permission. */
export async function scalingChecks(aws: AwsAccess, groups: readonly Group[]): Promise<readonly Check[]> {
  if (groups.length === 0) return []
  return [policyCheck(groups), activityCheck(groups), await liveCheck(aws, groups)]
}

function policyCheck(groups: readonly Group[]): Check {
  const idle = groups.filter(cannotScale)
  const name = 'scaling policies'
  if (idle.length === 0) return ok(name, 'every group that could be read has one that can act')
  return warn(
    name,
    `none can act in ${idle.length} of ${groups.length}: ${named(idle.map((group) => `${group.name} (${whyIdle(group)})`))}`,
    'Add a target tracking policy, switch it on, or resume the process; what is fixed on purpose may stay.',
  )
}

/** Unknown policies are said under `facts`. */
function cannotScale(group: Group): boolean {
  if (group.scalingPolicies.kind === 'unknown') return false
  return suspendedOf(group).length > 0 || !group.scalingPolicies.value.some(({ enabled }) => enabled)
}

function whyIdle(group: Group): string {
  const suspended = suspendedOf(group)
  if (suspended.length > 0) return `${suspended.join(' and ')} suspended`
  return group.scalingPolicies.kind === 'known' && group.scalingPolicies.value.length > 0 ? 'switched off' : 'no policy'
}

function suspendedOf({ suspendedProcesses }: Group): readonly string[] {
  return needed.filter((process) => suspendedProcesses.includes(process))
}

function activityCheck(groups: readonly Group[]): Check {
  const failed = groups.flatMap((group) => {
    const newest = group.activities.kind === 'known' ? group.activities.value[0] : undefined
    return newest?.statusCode === 'Failed' ? [`${group.name} (${newest.statusMessage ?? newest.description})`] : []
  })
  if (failed.length === 0) return ok('scaling activities', 'the last one of no group has failed')
  return warn(
    'scaling activities',
    `the last one failed in ${failed.length} of ${groups.length}: ${named(failed)}`,
    'Mend what AWS says there; `aws autoscaling describe-scaling-activities --auto-scaling-group-name NAME` has the rest.',
  )
}

/**
 * Whether a live scale-up would be let through, where a group asks for one. It is tried on a group that does not exist,
 * so that nothing can change: AWS looks at the permission before it looks for the group.
 */
async function liveCheck({ clients }: AwsAccess, groups: readonly Group[]): Promise<Check> {
  const name = 'live scale-up'
  const tag = `${applyTag.key}=${applyTag.value}`
  const asking = groups.find((group) => group.tags[applyTag.key] === applyTag.value)
  if (asking === undefined) return ok(name, `no group carries ${tag}: none is scaled live`)
  const autoScaling = await clients.autoScaling(asking.region)
  try {
    await autoScaling.setDesiredCapacity({ AutoScalingGroupName: noSuchGroup, DesiredCapacity: 0, HonorCooldown: true })
    return ok(name, `autoscaling:SetDesiredCapacity is allowed, ${asking.name} asks for it`)
  } catch (error) {
    if (!(error instanceof TrimtabError)) return fail(name, error)
    if (error.code === 'internal' || error.code === 'not-found') {
      return ok(name, `autoscaling:SetDesiredCapacity is allowed, ${asking.name} asks for it`)
    }
    const mend = `Where the grant is bound to the tag ${tag} this answer is right: it was asked of no group.`
    return warn(name, error.message, error.code === 'permission' ? mend : 'Until then no group is scaled live.')
  }
}

function named(texts: readonly string[]): string {
  return `${texts.slice(0, 5).join(', ')}${texts.length > 5 ? ', …' : ''}`
}
