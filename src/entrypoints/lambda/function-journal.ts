import type { LogLine } from '../../adapters/aws/log-stream.js'
import type { Journal } from '../../ports.js'
import { createJournal, type LogLevel } from '../journal.js'

/** A journal on standard output, which is the function's own log group, that keeps its lines until they are taken. */
export interface FunctionJournal extends Journal {
  /** The lines since the last call, oldest first. */
  take(): readonly LogLine[]
}

export function createFunctionJournal(level: LogLevel): FunctionJournal {
  let lines: LogLine[] = []
  const journal = createJournal(level, {
    write(line: string) {
      process.stdout.write(line)
      lines.push({ atMs: Date.now(), text: line.trimEnd() })
    },
  })
  return {
    ...journal,
    take() {
      const taken = lines
      lines = []
      return taken
    },
  }
}
