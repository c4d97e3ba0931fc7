import { Command } from 'commander'
import type { CsvTable } from './csv.js'
import type { ScalingDocument } from './documents/scaling.js'
import type { ExitCode } from './exit-code.js'
import { type GroupOptions, type PlaceOptions, withEnvironment, withPlace } from './options.js'
import { faultRow } from './pass-document.js'
import { placeGroups } from './place-groups.js'
import { type FormatOptions, printReport } from './print-report.js'
import { scalingGroup } from './scaling/scaling-group.js'
import { scalingText } from './scaling/scaling-text.js'
import { openEnvironment, shownEnvironment } from './session.js'
import type { Terminal } from './terminal.js'

type ScalingOptions = PlaceOptions & GroupOptions & FormatOptions

/** `trimtab scaling`: sizes, health, policies and activity of each group, and what holds a live scale-up. */
export function scalingCommand(terminal: Terminal, finish: (code: ExitCode) => void): Command {
  return withEnvironment(withPlace(new Command('scaling')))
    .description('sizes, health and policies of each group, and what holds a live scale-up')
    .option('--csv', 'a row for each group')
    .option('--json', 'one JSON document on standard output')
    .action(async (options: ScalingOptions) => finish(await scaling(options, terminal)))
}

async function scaling(options: ScalingOptions, terminal: Terminal): Promise<ExitCode> {
  const deps = await openEnvironment(terminal, options, { table: 'memory' })
  const { placed, faults, estate } = await placeGroups(deps)
  const document: ScalingDocument = {
    environment: shownEnvironment(options) ?? null,
    groups: placed.map((one) => scalingGroup(one, deps.clock.now())),
    faults: faults.map(faultRow),
  }
  return printReport(terminal, options, {
    document,
    csv: () => scalingCsv(document),
    text: () => scalingText(document, terminal),
    shown: placed.length,
    faults,
    estate,
  })
}

function scalingCsv({ groups }: ScalingDocument): CsvTable {
  const columns = [
    'environment',
    'instanceType',
    'minSize',
    'desiredCapacity',
    'maxSize',
    'inService',
    'healthy',
  ] as const
  return {
    head: ['group', ...columns, 'usedPercent', 'liveScaleUp'],
    rows: groups.map((group) => [
      group.groupKey,
      ...columns.map((column) => group[column]),
      group.usedPercent,
      group.liveScaleUp.map(({ reason }) => reason).join(' '),
    ]),
  }
}
