import { environmentNames } from './environment-names.js'
import { optionalFiles } from './variables.js'
import type { World } from './world.js'

/**
 * The one var file whose name or folder is the environment's, when the caller names the environment and not the files.
 * Undefined when nothing or several match: then nobody knows what is passed.
 */
export function chosenVarFiles(world: World): readonly string[] | undefined {
  const { environment, varFiles } = world.context
  if (environment === undefined || varFiles !== undefined) return undefined
  const names = environmentNames(environment)
  const found = optionalFiles(world).filter((file) =>
    file
      .toLowerCase()
      .split('/')
      .some((part) => names.includes(part.replace(/\.tfvars(\.json)?$/, ''))),
  )
  return found.length === 1 ? found : undefined
}
