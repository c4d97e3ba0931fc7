import { Command, InvalidArgumentError } from 'commander'
import { TrimtabError } from '../../core/model/errors.js'
import { dashboardText } from './dashboard/dashboard-text.js'
import { showLive } from './dashboard/live.js'
import { type LookDeps, takeLook } from './dashboard/take-look.js'
import type { ExitCode } from './exit-code.js'
import { type GroupOptions, type PlaceOptions, withEnvironment, withPlace } from './options.js'
import { type FormatOptions, printReport } from './print-report.js'
import { openEnvironment, shownEnvironment } from './session.js'
import type { Terminal } from './terminal.js'

type DashboardOptions = PlaceOptions &
  GroupOptions &
  Omit<FormatOptions, 'csv'> & { readonly once?: boolean; readonly refresh: number }

/** `trimtab dashboard`: score, groups, advice, acts and alarms of an environment, live on a terminal. */
export function dashboardCommand(terminal: Terminal, finish: (code: ExitCode) => void): Command {
  return withEnvironment(withPlace(new Command('dashboard')))
    .description('score, groups, advice and alarms of an environment, renewed until q is pressed')
    .option('--once', 'print it once, as into a pipe')
    .option('--refresh <seconds>', 'time between two looks, from 5 to 3600', secondsOf, 60)
    .option('--json', 'one JSON document of one look on standard output')
    .action(async (options: DashboardOptions) => finish(await dashboard(options, terminal)))
}

async function dashboard(options: DashboardOptions, terminal: Terminal): Promise<ExitCode> {
  const { screen, progress: _line, ...still } = terminal
  if (screen && !options.once && !options.json) {
    const looking = await openLook(options, still)
    const look = async () => {
      const { document } = await takeLook(looking)
      return (size: { readonly columns: number; readonly rows: number }) =>
        dashboardText(document, { ...terminal, ...size })
    }
    await showLive({ screen, look, refreshMs: options.refresh * 1000 })
    return 0
  }
  const { document, faults, estate } = await takeLook(await openLook(options, terminal))
  const text = () => dashboardText(document, terminal)
  return printReport(terminal, options, { document, text, shown: document.groups.length, faults, estate })
}

/** Without a table the rest is shown all the same, and why it is missing is said. */
async function openLook(options: DashboardOptions, terminal: Terminal): Promise<LookDeps> {
  const environment = shownEnvironment(options)
  try {
    const deps = await openEnvironment(terminal, options, { table: 'required' })
    return { deps, environment, noTable: undefined }
  } catch (error) {
    if (!(error instanceof TrimtabError) || !lacking.includes(error.code)) throw error
    const deps = await openEnvironment(terminal, options, { table: 'memory' })
    return { deps, environment, noTable: `the table: ${error.message}` }
  }
}

const lacking: readonly string[] = ['configuration', 'permission']

function secondsOf(text: string): number {
  const seconds = Number(text)
  if (/^\d{1,4}$/.test(text) && seconds >= 5 && seconds <= 3600) return seconds
  throw new InvalidArgumentError(`expected whole seconds from 5 to 3600, got "${text.slice(0, 40)}"`)
}
