import { errorText } from './exit-code.js'
import { runCli } from './run-cli.js'
import { processTerminal } from './terminal.js'

// A reader that stops reading (`| head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
})
process.on('uncaughtException', (error) => {
  process.stderr.write(`${errorText(error)}\n`)
  process.exit(3)
})

const code = await runCli(process.argv.slice(2), processTerminal())
// Everything printed is on its way out before the process ends, whatever a failed command left open.
process.stdout.write('', () => process.exit(code))
