import type { Syntax } from '../../core/iac/syntax.js'
import { loadHclReader } from './hcl-tree.js'
import { readTypeScript } from './typescript-tree.js'
import { readYaml } from './yaml-tree.js'

let loading: Promise<Syntax> | undefined

/** The parsers with exact positions, loaded at the first call and once for the process. */
export function loadSyntax(): Promise<Syntax> {
  loading ??= loadHclReader().then((hcl) => ({ hcl, yaml: readYaml, typescript: readTypeScript }))
  return loading
}
