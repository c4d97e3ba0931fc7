import { writeFile } from 'node:fs/promises'
import { Command } from 'commander'
import { TrimtabError } from '../../core/model/errors.js'
import { hourlyUsage } from '../../core/report/hourly-usage.js'
import type { HourlyUsage, ReportGroup } from '../../core/report/report.js'
import { reportPage } from '../../core/report/report-page.js'
import type { GroupAnalysis } from '../../workflows/analyse/group-analysis.js'
import { analysePass } from '../../workflows/pass/analyse-pass.js'
import type { Pass } from '../../workflows/pass/pass.js'
import type { ExitCode } from './exit-code.js'
import { fileFault } from './file-fault.js'
import { type GroupOptions, type PlaceOptions, withGroups, withPlace } from './options.js'
import { passExitCode, passFaultLines } from './pass-faults.js'
import { openSession } from './session.js'
import { printable, type Terminal } from './terminal.js'

type ReportOptions = PlaceOptions & GroupOptions & { readonly html: string }

/** `trimtab report --html FILE`: the fleet on one page with pictures. Writes that file and nothing else. */
export function reportCommand(terminal: Terminal, finish: (code: ExitCode) => void): Command {
  return withGroups(withPlace(new Command('report')))
    .description('the fleet on one self-contained page: scores, use, advice with its back-test, cost')
    .requiredOption('--html <file>', 'where to write it; - prints it')
    .action(async (options: ReportOptions) => finish(await report(options, terminal)))
}

async function report(options: ReportOptions, terminal: Terminal): Promise<ExitCode> {
  const deps = await openSession(terminal, options, { table: 'preferred' })
  const usages = new Map<string, HourlyUsage>()
  const pass = await analysePass(deps, ({ group }, { signals }) => usages.set(group.groupKey, hourlyUsage(signals)))
  const page = reportPage({
    at: pass.at.toISOString(),
    regions: deps.selection.regions,
    groups: pass.groups.map((analysis) => reportGroup(pass, analysis, usages)),
    faults: pass.faults.map(({ scope, error }) => ({ scope, message: error.message })),
  })
  if (options.html === '-') terminal.out(page)
  else {
    await write(options.html, page)
    terminal.out(
      `${printable(options.html)} written: ${pass.groups.length} groups, ${Math.ceil(page.length / 1024)} KB\n`,
    )
  }
  for (const line of passFaultLines(pass)) terminal.err(`${line}\n`)
  return passExitCode(pass, deps.selection)
}

function reportGroup(pass: Pass, analysis: GroupAnalysis, usages: ReadonlyMap<string, HourlyUsage>): ReportGroup {
  const { group, policy, scored, hold, cost, types } = analysis
  const usage = usages.get(group.groupKey)
  if (!usage) throw new TrimtabError('internal', `reporting ${group.groupKey}: its record was not seen`)
  const own = pass.recommendations.filter(({ groupKey }) => groupKey === group.groupKey)
  const advice = own.map((recommendation) => ({
    advice: recommendation,
    recommendationId: recommendation.id,
    decision: pass.decisions.find(({ recommendationId }) => recommendationId === recommendation.id)?.decision,
  }))
  return { group, policy, scored, usage, advice, hold, cost, types }
}

async function write(file: string, page: string): Promise<void> {
  try {
    await writeFile(file, page)
  } catch (error) {
    throw fileFault(error, { code: 'usage', doing: `writing ${file}`, done: 'written', remedy: 'is the folder there?' })
  }
}
