import pino, { type DestinationStream, type LevelWithSilent, type Logger } from 'pino'
import { TrimtabError } from '../core/model/errors.js'
import type { Journal } from '../ports.js'

/** The words that LOG_LEVEL takes. */
export const logLevels = [
  'silent',
  'fatal',
  'error',
  'warn',
  'info',
  'debug',
  'trace',
] as const satisfies readonly LevelWithSilent[]
export type LogLevel = (typeof logLevels)[number]

/**
 * One JSON line for each outcome (info) and failure (error), on standard error, so that standard output holds results
 * only. A stack is written only where the fault is our own bug.
 */
export function createJournal(
  level: LogLevel,
  destination: DestinationStream = pino.destination({ dest: 2 }),
): Journal {
  const logger: Logger = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination)
  return {
    outcome: (message, fields) => logger.info(fields, message),
    failure: (message, error, fields) => logger.error({ ...fields, ...faultFields(error) }, message),
  }
}

function faultFields(error: unknown): Readonly<Record<string, string | undefined>> {
  if (error instanceof TrimtabError) {
    return { error: error.message, code: error.code, call: error.call, remedy: error.remedy }
  }
  if (error instanceof Error) return { error: error.message, code: 'internal', stack: error.stack }
  return { error: String(error), code: 'internal' }
}
