import { folderOf, joinPath } from '../paths.js'
import type { Call } from '../terraform/functions.js'
import { asText, computed, deepDependencies, joined, unknown, type Value } from '../values.js'
import { readConfig } from './config.js'

/**
 * Terragrunt's own functions. Paths are written from the repository root with a leading slash. Undefined for a function
 * that Terragrunt does not have, so that Terraform's are tried.
 */
export function callTerragrunt(call: Call): Value | undefined {
  const { terragrunt } = call.scope.instance
  const { name, place } = call.expression
  if (terragrunt === undefined) return undefined
  const args = call.expression.args.map((arg) => call.evaluate(arg))
  const texts = args.map((arg) => (arg.kind === 'known' ? asText(arg.scalar) : undefined))
  const dependencies = joined(args.map((arg) => deepDependencies(arg)))
  const path = (folder: string): Value => computed(folder === '' ? '/' : `/${folder}`, dependencies)
  switch (name) {
    case 'find_in_parent_folders':
      return (
        inParents(call, terragrunt.unitFolder, args.length === 0 ? 'terragrunt.hcl' : texts[0]) ??
        unknown('not-found', [place], dependencies)
      )
    case 'dirname':
      return texts[0] === undefined
        ? unknown('computed', [place], dependencies)
        : path(folderOf(texts[0].replace(/^\/+/, '')))
    case 'get_terragrunt_dir':
    case 'get_original_terragrunt_dir':
      return path(terragrunt.unitFolder)
    case 'get_parent_terragrunt_dir':
      return path(folderOf(terragrunt.file))
    case 'get_repo_root':
    case 'get_path_to_repo_root':
      return computed('')
    case 'path_relative_to_include':
      return relativeTo(terragrunt.unitFolder, folderOf(terragrunt.file)) ?? unknown('computed', [place])
    case 'read_terragrunt_config':
      return configValue(call, texts[0]) ?? unknown('external-value', [place], dependencies)
    case 'get_env':
    case 'run_cmd':
    case 'get_aws_account_id':
    case 'sops_decrypt_file':
      return unknown('external-value', [place], dependencies)
    default:
      return undefined
  }
}

/** The nearest file of that name above the unit's own folder. */
function inParents(call: Call, unitFolder: string, name: string | undefined): Value | undefined {
  if (name === undefined) return undefined
  for (let folder = unitFolder; folder !== ''; ) {
    folder = folderOf(folder)
    const file = joinPath(folder, name)
    if (file !== undefined && call.world.files.has(file)) return computed(`/${file}`)
  }
  return undefined
}

function relativeTo(unitFolder: string, from: string): Value | undefined {
  if (from === '') return computed(unitFolder)
  return unitFolder.startsWith(`${from}/`) ? computed(unitFolder.slice(from.length + 1)) : undefined
}

function configValue(call: Call, written: string | undefined): Value | undefined {
  const { terragrunt } = call.scope.instance
  const file =
    written === undefined || terragrunt === undefined ? undefined : repositoryPath(terragrunt.unitFolder, written)
  const config = file === undefined ? undefined : readConfig(call.world, file, folderOf(file))
  return config?.kind === 'config' ? config.exposed() : undefined
}

/** A path as Terragrunt gives it, from the repository root; undefined when it leaves the repository. */
export function repositoryPath(unitFolder: string, written: string): string | undefined {
  return written.startsWith('/') ? joinPath('', written) : joinPath(unitFolder, written)
}
