import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Code } from 'aws-cdk-lib/aws-lambda'
import type { Construct } from 'constructs'
import type { FunctionName } from './deployment.js'

/** Context key of another folder of bundles than the one that comes with the package. */
export const bundlesContext = 'trimtab:functionBundles'

/** The prebuilt bundle of a function. Throws with the remedy where there is none. */
export function functionCode(scope: Construct, name: FunctionName): Code {
  const given: unknown = scope.node.tryGetContext(bundlesContext)
  const bundle = join(typeof given === 'string' ? given : join(packageRoot(), 'dist', 'lambda'), name)
  if (existsSync(join(bundle, 'index.mjs'))) return Code.fromAsset(bundle)
  throw new Error(
    `reading the code of ${name}: expected ${join(bundle, 'index.mjs')}, which is not there: in a checkout run npm run build, or name another folder of bundles in the context ${bundlesContext}`,
  )
}

/** The folder of the package: this file lies below it in the repository and in the packed package alike. */
function packageRoot(): string {
  for (let folder = import.meta.dirname; folder !== dirname(folder); folder = dirname(folder)) {
    const manifest = join(folder, 'package.json')
    if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).name === 'trimtab') return folder
  }
  throw new Error(`finding the package trimtab: no package.json of that name above ${import.meta.dirname}`)
}
