import type { CodeScalar } from '../../model/code.js'
import { environmentNames } from '../terraform/environment-names.js'
import { type ProgramValue, plain, type ScalarValue, type UnknownValue } from './program-values.js'
import type { Run } from './run.js'

/** The value that the caller knows under this name, written in any case. */
export function givenVariable(run: Pick<Run, 'context'>, hint: string | undefined): ScalarValue | undefined {
  const { variables } = run.context
  if (hint === undefined || variables === undefined) return undefined
  const exact = Object.hasOwn(variables, hint) ? variables[hint] : undefined
  const found = exact ?? Object.entries(variables).find(([name]) => name.toLowerCase() === hint.toLowerCase())?.[1]
  return found === undefined ? undefined : { ...plain(found), outside: 'no-default' }
}

/** The value with what the caller knows put in for it. */
export function informed(run: Run, value: ProgramValue): ProgramValue {
  return value.kind === 'unknown' && value.from === undefined ? (givenVariable(run, value.hint) ?? value) : value
}

const environmentWord =
  /^(.*[_.:-])?(env|envname|envtype|environment|environmentname|environmenttype|deployenv|deploymentenvironment|stage|stagename|deploystage)$/i

/** True for an unknown value whose name says that it is the environment. */
export function isEnvironment(value: UnknownValue): boolean {
  return (
    value.hint !== undefined &&
    (environmentWord.test(value.hint) || /[a-z](Env|Environment|Stage)(Name)?$/.test(value.hint))
  )
}

/** Whether an unknown environment is the one of this name; undefined where the caller does not know it either. */
export function isNamedEnvironment(run: Run, value: UnknownValue, name: CodeScalar): boolean | undefined {
  const { environment, environments = [] } = run.context
  if (environment === undefined || typeof name !== 'string' || !isEnvironment(value)) return undefined
  if (name === environment) return true
  if (environments.includes(name)) return false
  const lower = name.toLowerCase()
  if (environmentNames(environment).includes(lower)) return true
  return environmentNames(lower).length > 1 || wellKnown.has(lower) ? false : undefined
}

const wellKnown = new Set(['test', 'qa', 'uat', 'live', 'local', 'sandbox', 'preprod', 'demo', 'int', 'beta'])

/** The one key that names the caller's environment; undefined: none, or several. */
export function environmentKey(run: Run, value: UnknownValue, keys: readonly string[]): string | undefined {
  const { environment } = run.context
  if (environment === undefined || !isEnvironment(value)) return undefined
  if (keys.includes(environment)) return environment
  const [only, second] = keys.filter((key) => environmentNames(environment).includes(key.toLowerCase()))
  return second === undefined ? only : undefined
}
