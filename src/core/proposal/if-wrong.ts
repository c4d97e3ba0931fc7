import { factValue } from '../model/fact.js'
import type { Group, ScalingPolicy } from '../model/group.js'
import type { Recommendation } from '../model/recommendation.js'
import { code, type Markdown, md, own } from './markdown.js'

const watch = own(
  'the same hours of the week are compared for 7 days after the deployment, and whether the promise was kept is written here',
)

const policyWords: Readonly<Record<ScalingPolicy['kind'], string>> = {
  'target-tracking': 'target tracking',
  step: 'step scaling',
  simple: 'simple scaling',
  predictive: 'predictive scaling',
}

/** What catches the mistake, and how to go back; a sentence that follows `If this is wrong,`. */
export function ifWrong({ to, from }: Recommendation, group: Group): Markdown {
  const acting = (factValue(group.scalingPolicies) ?? []).filter(({ enabled }) => enabled)
  const words = [...new Set(acting.map(({ kind }) => policyWords[kind]))].join(' and ')
  if (to.instanceType !== undefined)
    return md`revert it, deploy and refresh again: ${code(from.instanceType ?? 'the old type')} comes back. Until then ${words ? md`${own(words)} adds instances as it does today, and ` : own('')}${watch}.`
  if (to.maxSize !== undefined && to.minSize === undefined)
    return md`put the maximum back to ${from.maxSize === undefined ? own('its old value') : md`${from.maxSize}`}: the group then goes back under it. ${words === '' ? own('No scaling policy uses the new room by itself') : md`Until then ${own(words)} fills the new room as demand asks`}.`
  if (words === '') return md`no scaling policy adds instances by itself: revert it and deploy. ${capitalised(watch)}.`
  return md`${own(words)} adds instances as it does today, with the delay that the replay includes; ${watch}.`
}

/** A stack keeps the parameters it has unless it is given others: then a new default alone changes nothing. */
export function parameterKept({ where }: { readonly where: string }): Markdown {
  if (where !== 'parameter-default') return own('')
  return own(' A deployment that keeps the previous parameters of the stack has to be given the new value once.')
}

/** What a merge does not do by itself; a sentence that follows `Not changed by the merge:`. */
export function notChanged({ to, from }: Recommendation, group: Group): Markdown {
  if (to.instanceType !== undefined) {
    const type = from.instanceType === undefined ? own('their type') : code(from.instanceType)
    return md`the ${group.instances.length} running instances stay ${type} until they are replaced: start an instance refresh after the deployment.`
  }
  if (to.maxSize !== undefined && to.minSize === undefined)
    return md`nothing starts by itself: ${group.desiredCapacity} instances are asked for now, and the higher maximum is only room.`
  if (to.targetValue !== undefined)
    return own('running instances stay until the scaling policy, with its new target, removes or adds some.')
  if (to.desiredCapacity !== undefined)
    return md`nothing until the code is deployed; then the group moves from ${group.desiredCapacity} to ${to.desiredCapacity} instances.`
  return own('running instances stay until the autoscaler removes them.')
}

function capitalised(words: Markdown): Markdown {
  return own(words.charAt(0).toUpperCase() + words.slice(1))
}
