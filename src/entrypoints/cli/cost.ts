import { Command } from 'commander'
import { unknown } from '../../core/model/fact.js'
import { readCosts } from '../../workflows/cost/read-costs.js'
import type { Deps } from '../../workflows/deps.js'
import { analysePass } from '../../workflows/pass/analyse-pass.js'
import type { Pass } from '../../workflows/pass/pass.js'
import { costDocument } from './cost/cost-document.js'
import { costText } from './cost/cost-text.js'
import type { CsvTable } from './csv.js'
import type { CostDocument } from './documents/cost.js'
import type { ExitCode } from './exit-code.js'
import { type GroupOptions, type PlaceOptions, withEnvironment, withPlace } from './options.js'
import { type FormatOptions, printReport } from './print-report.js'
import { openEnvironment, shownEnvironment } from './session.js'
import type { Terminal } from './terminal.js'

type CostOptions = PlaceOptions & GroupOptions & FormatOptions

/** `trimtab cost`: what the groups cost, where the account's month lands, and what is to be saved. */
export function costCommand(terminal: Terminal, finish: (code: ExitCode) => void): Command {
  return withEnvironment(withPlace(new Command('cost')))
    .description("what the groups cost, where the account's month lands, and what is to be saved")
    .option('--csv', 'a row for each group')
    .option('--json', 'one JSON document on standard output')
    .action(async (options: CostOptions) => finish(await cost(options, terminal)))
}

async function cost(options: CostOptions, terminal: Terminal): Promise<ExitCode> {
  const deps = await openEnvironment(terminal, options, { table: 'preferred' })
  const pass = await analysePass(deps)
  const document = costDocument({
    environment: shownEnvironment(options),
    pass: ofShownGroups(pass),
    costs: await costsOf(deps, pass),
  })
  return printReport(terminal, options, {
    document,
    csv: () => costCsv(document),
    text: () => costText(document, terminal),
    shown: pass.groups.length,
    faults: pass.faults,
    estate: pass.estate,
  })
}

/** Cost Explorer is asked at most once a day where the table is shared; each set of its queries costs $0.04. */
function costsOf(deps: Deps, { groups }: Pass) {
  const account = groups[0]?.group.account
  return account === undefined ? Promise.resolve(unknown('there is no group')) : readCosts(deps, account)
}

/** The table may hold the advice of other environments too. */
function ofShownGroups(pass: Pass): Pass {
  const shown = new Set(pass.groups.map(({ group }) => group.groupKey))
  return { ...pass, recommendations: pass.recommendations.filter(({ groupKey }) => shown.has(groupKey)) }
}

function costCsv({ groups }: CostDocument): CsvTable {
  return {
    head: ['group', 'environment', 'monthlyUsd', 'openSavingUsd'],
    rows: groups.map((group) => [group.groupKey, group.environment, group.monthlyUsd, group.openSavingUsd]),
  }
}
