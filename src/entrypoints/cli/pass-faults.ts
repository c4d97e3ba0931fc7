import { faultText } from '../../config/config-fault.js'
import { TrimtabError } from '../../core/model/errors.js'
import { priorities } from '../../core/model/recommendation.js'
import { configPath } from '../../workflows/estate/read-estate.js'
import type { Pass } from '../../workflows/pass/pass.js'
import { type ExitCode, errorText } from './exit-code.js'
import { unreadRows } from './pass-document.js'
import { printable } from './terminal.js'

/** What --fail-on takes: any recommendation, or one of at least this priority. */
export const failOnWords = ['any', 'low', 'medium', 'high'] as const
export type FailOn = (typeof failOnWords)[number]

/** How many of `priorities`, highest first, count as a finding. */
const highestCount: Readonly<Record<FailOn, number>> = { any: 3, low: 3, medium: 2, high: 1 }

/** Codes with which the caller can do something about a fault that concerns the whole question, not one group. */
const callersCodes: readonly string[] = ['usage', 'configuration', 'credentials']

/** What could not be read, a line each: the pass went on without it. */
export function unreadLines({ groups }: Pick<Pass, 'groups'>): readonly string[] {
  return unreadRows(groups).map(
    ({ why, groups: keys }) => `warning: ${printable(why)} (${keys.length} of ${groups.length} groups)`,
  )
}

/** Every fault of a pass as a line for standard error: groups, repositories, and their configuration. */
export function passFaultLines({ faults, estate }: Pick<Pass, 'faults' | 'estate'>): readonly string[] {
  return [
    ...faults.map(({ scope, error }) =>
      error.message.includes(scope)
        ? errorText(error)
        : errorText(error).replace('error: ', `error: ${printable(scope)}: `),
    ),
    ...estate.unreadable.map(({ repository, why }) => `error: ${printable(repository)}: ${printable(why)}`),
    ...estate.repositories.flatMap(({ name, faults }) =>
      faults.map((fault) => {
        const [first = '', ...rest] = faultText(configPath, fault).split('\n').map(printable)
        return [`error: ${printable(name)} ${first}`, ...rest.map((line) => `       ${line.trim()}`)].join('\n')
      }),
    ),
  ]
}

/** The code of the faults, or 1 for findings when asked; else 0. */
export function passExitCode(
  pass: Pick<Pass, 'faults' | 'estate' | 'groups' | 'recommendations'>,
  { names = [], failOn }: { readonly names?: readonly string[]; readonly failOn?: FailOn | undefined },
): ExitCode {
  const code = faultExitCode(pass, { names, shown: pass.groups.length })
  return code === 0 && failOn !== undefined && hasFinding(pass, failOn) ? 1 : code
}

/**
 * 2 where the caller asked for something that is not there, or a configuration cannot be used; 3 where a group or
 * repository failed; else 0. `shown` is how many groups could be shown nevertheless.
 */
export function faultExitCode(
  { faults, estate }: Pick<Pass, 'faults' | 'estate'>,
  { names, shown }: { readonly names: readonly string[]; readonly shown: number },
): ExitCode {
  if (faults.some(({ scope, error }) => names.includes(scope) && isUnknownName(error))) return 2
  if (faults.some(({ error }) => isCallers(error, shown === 0))) return 2
  if (estate.repositories.some((repository) => repository.faults.length > 0)) return 2
  return faults.length + estate.unreadable.length > 0 ? 3 : 0
}

/** A denied call that leaves nothing to say is the caller's too; where others went on, a group failed. */
function isCallers(error: Error, nothingFound: boolean): boolean {
  if (!(error instanceof TrimtabError)) return false
  return callersCodes.includes(error.code) || (error.code === 'permission' && nothingFound)
}

function isUnknownName(error: Error): boolean {
  return error instanceof TrimtabError && error.code === 'not-found'
}

function hasFinding({ groups, recommendations }: Pick<Pass, 'groups' | 'recommendations'>, failOn: FailOn): boolean {
  const shown = new Set(groups.map(({ group }) => group.groupKey))
  const enough = priorities.slice(0, highestCount[failOn])
  return recommendations.some(
    ({ groupKey, status, priority }) => shown.has(groupKey) && status === 'PENDING' && enough.includes(priority),
  )
}
