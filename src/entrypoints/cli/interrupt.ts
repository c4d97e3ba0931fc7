import type { Deadline } from '../../ports.js'
import type { Terminal } from './terminal.js'

/** The exit code of a process that Ctrl-C ended, as shells know it. */
const interruptedExitCode = 130

/** Ctrl-C as a deadline: the first asks the work to end after its step, the second ends the process at once. */
export interface Interrupt {
  readonly deadline: Deadline
  /** Ctrl-C is the process's own again. */
  release(): void
}

/** Listens for Ctrl-C from now on. */
export function listenForInterrupt(terminal: Pick<Terminal, 'err'>): Interrupt {
  let asked = false
  const hear = () => {
    if (asked) process.exit(interruptedExitCode)
    asked = true
    terminal.err('stopping after the present step; Ctrl-C again ends at once\n')
  }
  process.on('SIGINT', hear)
  return {
    deadline: { leftMs: () => (asked ? 0 : Number.POSITIVE_INFINITY) },
    release: () => void process.off('SIGINT', hear),
  }
}
