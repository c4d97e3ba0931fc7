import type { Group } from '../core/model/group.js'

const aliases: ReadonlyMap<string, string> = new Map([
  ['prod', 'production'],
  ['stg', 'staging'],
  ['stage', 'staging'],
  ['dev', 'development'],
])

/**
 * The name under which an environment is known: lower case, aliases resolved.
 * @example environmentNameOf('Prod') // 'production'
 */
export function environmentNameOf(word: string): string {
  const name = word.trim().toLowerCase()
  return aliases.get(name) ?? name
}

/** The environment of a group and where the word came from. */
export interface EnvironmentChoice {
  readonly environment: string
  readonly from: Group['environmentFrom']
}

/**
 * The group's configured environment, else its `Environment` tag (key and value in any case), else production's
 * settings by default, with which the group is only observed (`policyFor`).
 */
export function environmentOf(
  tags: Readonly<Record<string, string>>,
  groupConfig?: { readonly environment?: string | undefined },
): EnvironmentChoice {
  if (groupConfig?.environment)
    return { environment: environmentNameOf(groupConfig.environment), from: 'configuration' }
  const tag = tags.Environment ?? Object.entries(tags).find(([key]) => key.toLowerCase() === 'environment')?.[1]
  if (tag?.trim()) return { environment: environmentNameOf(tag), from: 'tag' }
  return { environment: 'production', from: 'default' }
}
