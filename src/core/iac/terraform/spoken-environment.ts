import { folderOf } from '../paths.js'
import { environmentNames } from './environment-names.js'
import type { World } from './world.js'

/**
 * The name under which the code itself speaks of the caller's environment: written as a text or a key in the root module,
 * or anywhere in the Terraform code where the root does not. Undefined: the code never names it, so nothing may be
 * concluded from it. An alias (`prod` for production) counts only where the exact name does not occur.
 */
export function spokenEnvironment(world: World): string | undefined {
  const { environment } = world.context
  if (environment === undefined) return undefined
  const key = `${world.rootFolder}#${environment}`
  const known = world.spoken.get(key)
  if (known !== undefined) return known.name
  const name = find(world, environment)
  world.spoken.set(key, { name })
  return name
}

function find(world: World, environment: string): string | undefined {
  const here = codeOf(world, (file) => folderOf(file) === world.rootFolder)
  const all = codeOf(world, () => true)
  const aliases = environmentNames(environment).filter((name) => name !== environment)
  for (const text of [here, all]) {
    if (mentions(text, environment)) return environment
    const found = aliases.filter((name) => mentions(text, name))
    const [only, second] = found
    if (only !== undefined) return second === undefined ? only : undefined
  }
  return undefined
}

function codeOf(world: World, wanted: (file: string) => boolean): readonly string[] {
  return [...world.files]
    .filter(([file]) => /\.(tf|tofu|tfvars|json|hcl)$/.test(file) && wanted(file))
    .map(([, text]) => text)
}

/** True when a text holds the word in quotes or as a key. */
function mentions(texts: readonly string[], word: string): boolean {
  return texts.some((text) => {
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      const before = text[at - 1] ?? '\n'
      const after = text.slice(at + word.length, at + word.length + 40)
      if (before === '"' && after.startsWith('"')) return true
      if (/[\s{(]/.test(before) && /^[ \t]{0,30}[=:](?!=)/.test(after)) return true
    }
    return false
  })
}
