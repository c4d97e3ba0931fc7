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

process.exitCode = await runCli(process.argv.slice(2), processTerminal())
