import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command, CommanderError } from 'commander'
import { packageRoot } from '../read-templates.js'
import { analyzeCommand } from './analyze.js'
import { backtestCommand } from './backtest.js'
import { completionCommand } from './completion.js'
import { configCommand } from './config.js'
import { costCommand } from './cost.js'
import { dashboardCommand } from './dashboard.js'
import { demoCommand } from './demo.js'
import { doctorCommand } from './doctor.js'
import { editCommand } from './edit.js'
import { withExamples } from './examples.js'
import { type ExitCode, errorText, exitCodeOf } from './exit-code.js'
import { explainCommand } from './explain.js'
import { initCommand } from './init.js'
import { metricsCommand } from './metrics.js'
import { previewCommand } from './preview.js'
import { recommendationsCommand } from './recommendations.js'
import { replayCommand } from './replay.js'
import { reportCommand } from './report.js'
import { runCommand } from './run.js'
import { scalingCommand } from './scaling.js'
import type { Terminal } from './terminal.js'

/** Runs one command line, without the program's name. Prints every error as one sentence; never throws. */
export async function runCli(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let code: ExitCode = 0
  const program = createProgram(terminal, (ended) => {
    code = ended
  })
  try {
    await program.parseAsync(args, { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    terminal.err(`${errorText(error)}\n`)
    return exitCodeOf(error)
  }
}

/** All commands; `finish` hears the exit code of the one that ran. */
export function createProgram(terminal: Terminal, finish: (code: ExitCode) => void): Command {
  const program = new Command('trimtab')
    .description('turns fleets of EC2 Auto Scaling groups with small, proved pull requests')
    .version(packageVersion())
    .exitOverride()
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err })
  const commands = [
    metricsCommand,
    recommendationsCommand,
    costCommand,
    scalingCommand,
    dashboardCommand,
    analyzeCommand,
    runCommand,
    previewCommand,
    editCommand,
    backtestCommand,
    explainCommand,
    replayCommand,
    reportCommand,
    initCommand,
    configCommand,
    completionCommand,
    demoCommand,
    doctorCommand,
  ]
  for (const make of commands) {
    const command = make(terminal, finish).copyInheritedSettings(program)
    for (const below of command.commands) below.copyInheritedSettings(program)
    program.addCommand(withExamples(command))
  }
  return program
}

function packageVersion(): string {
  const text = readFileSync(join(packageRoot(), 'package.json'), 'utf8')
  return (JSON.parse(text) as { readonly version: string }).version
}
