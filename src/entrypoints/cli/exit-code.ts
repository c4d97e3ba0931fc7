import { faultExitCodes, TrimtabError } from '../../core/model/errors.js'
import { printable } from './terminal.js'

/**
 * 0 fine; 1 findings when asked with --fail-on, or a replay that differs; 2 what the caller got wrong (usage,
 * configuration, credentials, permission, unknown name); 3 endpoint unreachable, throttled out, internal fault, a run
 * that was stopped, or a group that failed.
 */
export type ExitCode = 0 | 1 | 2 | 3

/** The exit code of a command that ended with this error. */
export function exitCodeOf(error: unknown): ExitCode {
  return error instanceof TrimtabError ? faultExitCodes[error.code] : 3
}

/**
 * The line a person reads: one sentence, never a stack. Further lines (all faults of a configuration) are indented.
 * @example errorText(new TrimtabError('usage', 'expected a region')) // 'error: expected a region'
 */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) return `error: ${printable(String(error))}`
  const lines = error.message.split('\n').map(printable)
  if (error instanceof TrimtabError) return `error: ${lines.join('\n       ')}`
  return `error: ${lines[0] ?? error.name} (internal fault; run again with LOG_LEVEL=debug and report it)`
}
