import { TrimtabError } from '../../../core/model/errors.js'
import { type ExitCode, exitCodeOf } from '../exit-code.js'

/** One thing that was looked at. `warn` leaves something out, `fail` stops work; `mend` says what to do about it. */
export interface Check {
  readonly name: string
  readonly verdict: 'ok' | 'warn' | 'fail'
  readonly says: string
  readonly mend?: string
  readonly exitCode: ExitCode
}

/** What a check of a permission says when nothing is wrong. */
export const allowedWord = 'allowed'

export function ok(name: string, says: string): Check {
  return { name, verdict: 'ok', says, exitCode: 0 }
}

export function warn(name: string, says: string, mend: string): Check {
  return { name, verdict: 'warn', says, mend, exitCode: 0 }
}

/** A fault of a check; our messages carry their remedy. */
export function fail(name: string, error: unknown): Check {
  const says = error instanceof TrimtabError ? error.message : `internal fault: ${messageOf(error)}`
  return { name, verdict: 'fail', says, exitCode: exitCodeOf(error) }
}

/** The answer of a look, or the fault that it met. */
export async function checking(name: string, look: () => Promise<Check>): Promise<Check> {
  try {
    return await look()
  } catch (error) {
    return fail(name, error)
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
