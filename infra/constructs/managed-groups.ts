import { ArnFormat, Stack, Token } from 'aws-cdk-lib'
import type { IAutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling'
import type { Construct } from 'constructs'

/** Every group that carries these tags, found at run time; no tag takes every group of the environment. */
export interface GroupTagQuery {
  readonly tags: Readonly<Record<string, string>>
}

/** One group, several, or a query over many. */
export type GroupChoice = IAutoScalingGroup | readonly IAutoScalingGroup[] | GroupTagQuery

/** The groups of a deployment: names that alarms and policies can say, or tags. */
export type ManagedGroups =
  | { readonly kind: 'named'; readonly names: readonly string[] }
  | { readonly kind: 'tagged'; readonly tags: Readonly<Record<string, string>> }

/** Throws where nothing is chosen, or where a tag cannot be written as key=value,key=value. */
export function managedGroups(choice: GroupChoice): ManagedGroups {
  if ('tags' in choice && !('autoScalingGroupName' in choice)) return tagged(choice.tags)
  const groups = Array.isArray(choice) ? (choice as readonly IAutoScalingGroup[]) : [choice as IAutoScalingGroup]
  if (groups.length === 0)
    throw new Error('autoScalingGroup: expected a group, groups or a tag query, got an empty list')
  return { kind: 'named', names: groups.map(({ autoScalingGroupName }) => autoScalingGroupName) }
}

function tagged(tags: Readonly<Record<string, string>>): ManagedGroups {
  for (const [key, value] of Object.entries(tags))
    if (/[,=]/.test(key) || key === '' || value.includes(','))
      throw new Error(
        `autoScalingGroup.tags: expected keys without , and = and values without commas, got "${key}=${value}"`,
      )
  return { kind: 'tagged', tags }
}

/** The ARNs of the groups, in every region of the account; their middle is an id that only AWS knows. */
export function groupArns(scope: Construct, groups: ManagedGroups): readonly string[] {
  const names = groups.kind === 'named' ? groups.names : ['*']
  return names.map((name) =>
    Stack.of(scope).formatArn({
      service: 'autoscaling',
      region: '*',
      resource: 'autoScalingGroup',
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      resourceName: `*:autoScalingGroupName/${name}`,
    }),
  )
}

/** Part of a construct id: the name, where it is known before the deployment, otherwise its place in the list. */
export function idOf(name: string, at: number): string {
  return Token.isUnresolved(name) ? `Group${at + 1}` : name
}
