import { Command, InvalidArgumentError } from 'commander'
import type { CsvTable } from './csv.js'
import type { MetricsDocument } from './documents/metrics.js'
import type { ExitCode } from './exit-code.js'
import { metricRows, worstOf } from './metrics/metric-rows.js'
import { metricsText } from './metrics/metrics-text.js'
import { readFigures } from './metrics/read-figures.js'
import { type GroupOptions, type PlaceOptions, withEnvironment, withPlace } from './options.js'
import { faultRow } from './pass-document.js'
import { placeGroups } from './place-groups.js'
import { type FormatOptions, printReport } from './print-report.js'
import { openEnvironment, shownEnvironment } from './session.js'
import type { Terminal } from './terminal.js'

type MetricsOptions = PlaceOptions & GroupOptions & FormatOptions & { readonly period: number }

/** CloudWatch keeps 5-minute points for 63 days. */
const longestPeriodHours = 63 * 24

/** `trimtab metrics`: CPU, score and efficiency of each group, with the word for each. */
export function metricsCommand(terminal: Terminal, finish: (code: ExitCode) => void): Command {
  return withEnvironment(withPlace(new Command('metrics')))
    .description('CPU, performance score and efficiency of each group')
    .option('-p, --period <hours>', `hours that the CPU figures cover, up to ${longestPeriodHours}`, periodOf, 24)
    .option('--csv', 'a row for each group and metric')
    .option('--json', 'one JSON document on standard output')
    .action(async (options: MetricsOptions) => finish(await metrics(options, terminal)))
}

async function metrics(options: MetricsOptions, terminal: Terminal): Promise<ExitCode> {
  const deps = await openEnvironment(terminal, options, { table: 'memory' })
  const { placed, faults, estate } = await placeGroups(deps)
  const readings = await readFigures(deps, placed, options.period)
  const groups = readings.map(({ figures }) => figures)
  const document: MetricsDocument = {
    environment: shownEnvironment(options) ?? null,
    periodHours: options.period,
    worst: worstOf(groups)?.groupKey ?? null,
    groups,
    faults: faults.map(faultRow),
  }
  return printReport(terminal, options, {
    document,
    csv: () => metricsCsv(document),
    text: () => metricsText(document, terminal),
    shown: groups.length,
    faults,
    estate,
  })
}

function metricsCsv({ groups, periodHours }: MetricsDocument): CsvTable {
  const rows = groups.flatMap((group) =>
    metricRows(group, periodHours).map(({ metric, figure, period }) => [
      group.groupKey,
      group.environment,
      metric,
      figure?.value ?? null,
      figure?.status ?? null,
      period,
    ]),
  )
  return { head: ['group', 'environment', 'metric', 'value', 'status', 'period'], rows }
}

function periodOf(text: string): number {
  const hours = Number(text)
  if (/^\d{1,4}$/.test(text) && hours >= 1 && hours <= longestPeriodHours) return hours
  throw new InvalidArgumentError(`expected whole hours from 1 to ${longestPeriodHours}, got "${text.slice(0, 40)}"`)
}
