import { Command } from 'commander'
import { createJournal } from '../journal.js'
import { wire, wireClock } from '../wire.js'
import { wireAws } from '../wire-aws.js'
import { allowedWord, type Check, fail, ok } from './doctor/check.js'
import { callChecks, identityCheck } from './doctor/check-calls.js'
import { costChecks } from './doctor/check-costs.js'
import { estateChecks } from './doctor/check-estate.js'
import { findGroups, metricChecks } from './doctor/check-metrics.js'
import { ownCostCheck } from './doctor/check-own-cost.js'
import { scalingChecks } from './doctor/check-scaling.js'
import { tableCheck } from './doctor/check-table.js'
import type { ExitCode } from './exit-code.js'
import { type OutputOptions, type PlaceOptions, withPlace } from './options.js'
import { awsOptions, readSession } from './session.js'
import { printable, printJson, type Terminal } from './terminal.js'

type DoctorOptions = PlaceOptions & OutputOptions & { readonly paid?: boolean }

/** `trimtab doctor`: what works, what does not, and how to mend each. Asks much, changes nothing. */
export function doctorCommand(terminal: Terminal, finish: (code: ExitCode) => void): Command {
  return withPlace(new Command('doctor'))
    .description('check credentials, permissions, configuration, metrics, table and GitHub, and say how to mend each')
    .option('--paid', 'ask Cost Explorer too, which costs $0.01 a page')
    .option('--json', 'one JSON document on standard output')
    .action(async (options: DoctorOptions) => finish(await doctor(options, terminal)))
}

async function doctor(options: DoctorOptions, terminal: Terminal): Promise<ExitCode> {
  const checks = await examine(options, terminal)
  if (options.json) printJson(terminal, { checks: checks.map(({ exitCode: _, ...row }) => row) })
  else for (const check of shortened(checks)) terminal.out(checkText(check, terminal))
  const codes = checks.map(({ exitCode }) => exitCode)
  return codes.includes(2) ? 2 : codes.includes(3) ? 3 : 0
}

/** Later checks rest on earlier ones: without an environment or credentials nothing more is asked. */
async function examine(options: DoctorOptions, terminal: Terminal): Promise<readonly Check[]> {
  const checks: Check[] = []
  try {
    const environment = readSession(terminal, options)
    const aws = await wireAws(environment, awsOptions(terminal, options))
    checks.push(ok('environment', `application ${environment.application}, region ${aws.regions.join(', ')}`))
    const identity = await identityCheck(aws)
    checks.push(identity)
    const clock = await wireClock(environment)
    if (identity.verdict !== 'fail') {
      checks.push(...(await callChecks(aws)))
      if (options.paid) checks.push(...(await costChecks(aws, clock.now())))
      checks.push(await tableCheck(aws, environment, clock), ...(await ownCostCheck(aws, environment, clock)))
    }
    const journal = createJournal('silent')
    const deps = await wire(environment, { table: 'memory', journal, clock, ...awsOptions(terminal, options) })
    if (identity.verdict !== 'fail') {
      const { groups, checks: found } = await findGroups(deps)
      checks.push(...found, ...(await metricChecks(deps, groups)), ...(await scalingChecks(aws, groups)))
    }
    checks.push(...(await estateChecks(deps)))
  } catch (error) {
    checks.push(fail('environment', error))
  }
  return checks
}

/** Allowed calls are one line for people. */
function shortened(checks: readonly Check[]): readonly Check[] {
  const allowed = checks.filter(isAllowed)
  const [first] = allowed
  return checks.flatMap((check) => {
    if (!isAllowed(check)) return [check]
    return check === first ? [ok('permissions', `${allowed.length} calls tried and allowed`)] : []
  })
}

function isAllowed({ verdict, says }: Check): boolean {
  return verdict === 'ok' && says === allowedWord
}

const marks = { ok: '✓', warn: '!', fail: '✗' } as const

function checkText({ name, verdict, says, mend }: Check, { chalk }: Terminal): string {
  const colour = { ok: chalk.green, warn: chalk.yellow, fail: chalk.red }[verdict]
  const lines = says.split('\n').map((line) => printable(line).trim())
  const more = [...lines.slice(1), ...(mend === undefined ? [] : [mend])]
  return `${colour(marks[verdict])} ${printable(name)}: ${lines[0]}\n${more.map((line) => `    ${line}\n`).join('')}`
}
