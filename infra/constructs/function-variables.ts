import { Token } from 'aws-cdk-lib'
import { environmentVariables, type Variables } from '../../src/config/variables.js'
import type { Deployment } from './deployment.js'
import type { ManagedGroups } from './managed-groups.js'
import { type OptimizationConfig, settingsOf } from './optimization-config.js'

/** Environment of a function; undefined is left out. */
export type FunctionVariables = Readonly<Partial<Record<keyof Variables, string | undefined>>>

/** What the user chose, as the functions read it. */
export function chosenVariables(
  { application, environment, namespace }: Deployment,
  groups: ManagedGroups,
  config: OptimizationConfig,
): FunctionVariables {
  return {
    TRIMTAB_APPLICATION: application,
    TRIMTAB_ENVIRONMENT: environment,
    TRIMTAB_ENABLE_AUTO_SCALING: String(config.enableAutoScalingOptimization),
    TRIMTAB_ENABLE_COST: String(config.enableCostOptimization),
    TRIMTAB_ENABLE_MONITORING: String(config.enablePerformanceMonitoring),
    TRIMTAB_ENVIRONMENTS: JSON.stringify({ [environment]: settingsOf(config) }),
    TRIMTAB_PUBLISH_NAMESPACE: namespace,
    ...groupVariables(groups),
  }
}

function groupVariables(groups: ManagedGroups): FunctionVariables {
  if (groups.kind === 'named') return { TRIMTAB_GROUP_NAMES: groups.names.join(',') }
  const pairs = Object.entries(groups.tags).map(([key, value]) => `${key}=${value}`)
  return pairs.length === 0 ? {} : { TRIMTAB_GROUP_TAGS: pairs.join(',') }
}

/** The variables that are set. Throws where one would be refused when a function starts, which is too late. */
export function checkedVariables(variables: FunctionVariables): Record<string, string> {
  const set = Object.entries(variables).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  )
  for (const [name, value] of set) {
    const type = Object.hasOwn(environmentVariables.shape, name)
      ? environmentVariables.shape[name as keyof Variables]
      : undefined
    const parsed = Token.isUnresolved(value) ? undefined : type?.safeParse(value)
    if (parsed?.error)
      throw new Error(
        `${name}: expected ${parsed.error.issues.map(({ message }) => message).join('; ')}, got "${value}"`,
      )
  }
  return fitting(Object.fromEntries(set))
}

/** Lambda's limit for all variables of a function together. */
const maxBytes = 4096
/** What a reference is taken for: an ARN of ours, known only when it is deployed. */
const referenceBytes = 90

function fitting(variables: Record<string, string>): Record<string, string> {
  const sizes = Object.entries(variables).map(([name, value]): [string, number] => [
    name,
    name.length + value.replace(/\$\{Token\[[^\]]*\]\}/g, ' '.repeat(referenceBytes)).length,
  ])
  const total = sizes.reduce((sum, [, size]) => sum + size, 0)
  if (total <= maxBytes) return variables
  const [[largest = '', size = 0] = []] = sizes.toSorted(([, a], [, b]) => b - a)
  throw new Error(
    `the variables of a function: expected at most ${maxBytes} bytes, got ${total}, of them ${size} in ${largest}: choose groups by tags, or share the accounts between several deployments`,
  )
}
