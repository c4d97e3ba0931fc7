import { Command, Option } from 'commander'
import type { Settings } from '../../core/model/configuration.js'
import { TrimtabError } from '../../core/model/errors.js'
import type { Group } from '../../core/model/group.js'
import { holdReasons } from '../../core/model/hold.js'
import type { Policy } from '../../core/model/policy.js'
import type { Signals } from '../../core/model/signals.js'
import { type BackTestAnswer, backTest } from '../../core/planning/back-test.js'
import { evidenceOf } from '../../core/planning/evidence.js'
import { backTestTable } from '../../core/proposal/back-test-table.js'
import { dollars } from '../../core/proposal/figures.js'
import { changesInWords } from '../../core/proposal/settings-words.js'
import { windowUntil } from '../../workflows/analyse/windows.js'
import type { Deps } from '../../workflows/deps.js'
import { codeOfGroup, policyOfGroup } from '../../workflows/estate/estate.js'
import { readEstate } from '../../workflows/estate/read-estate.js'
import type { ExitCode } from './exit-code.js'
import { collect, type OutputOptions, type PlaceOptions, withPlace } from './options.js'
import { readSettings } from './read-settings.js'
import { readTime } from './read-time.js'
import { openSession } from './session.js'
import { tableText } from './table-text.js'
import { printable, printJson, type Terminal } from './terminal.js'

type BacktestOptions = PlaceOptions &
  OutputOptions & { readonly group: string; readonly set?: readonly string[]; readonly until?: string }

/** `trimtab backtest`: the table of a page, for any value: recorded demand replayed on another configuration. */
export function backtestCommand(terminal: Terminal, finish: (code: ExitCode) => void): Command {
  return withPlace(new Command('backtest'))
    .description("replay a group's recorded demand on another configuration: the table of a pull request")
    .requiredOption('--group <name>', 'the group')
    .addOption(
      new Option('--set <key=value>', 'minSize, desiredCapacity, maxSize, targetValue or instanceType; may be repeated')
        .argParser(collect)
        .makeOptionMandatory(),
    )
    .option('--until <time>', 'end of the window, UTC, such as 2026-11-23T10:00Z (default: now)')
    .option('--json', 'one JSON document on standard output')
    .action(async (options: BacktestOptions) => finish(await backtest(options, terminal)))
}

/** What the replay rests on. */
interface Recorded {
  readonly group: Group
  readonly policy: Policy
  readonly signals: Signals
}

async function backtest(options: BacktestOptions, terminal: Terminal): Promise<ExitCode> {
  const settings = readSettings(options.set ?? [])
  const until = options.until === undefined ? undefined : readTime('--until', options.until)
  const place = { ...options, group: [options.group] }
  const deps = await openSession(terminal, place, { table: 'memory' })
  const now = deps.clock.now()
  if (until && until > now)
    throw new TrimtabError('usage', `--until: expected a time up to now (${now.toISOString()}), got "${options.until}"`)

  const recorded = await readRecorded(deps, until ?? now)
  const catalogue = await deps.market.catalogue(recorded.group.region)
  const answer = backTest({ ...recorded, catalogue, settings })
  if ('kind' in answer)
    throw new TrimtabError(
      'configuration',
      `${recorded.group.name} cannot be replayed: ${holdReasons[answer.reason]} (${answer.detail})`,
    )
  if (options.json) printJson(terminal, documentOf(recorded, settings, answer))
  else terminal.out(textOf(recorded, settings, answer, terminal))
  return 0
}

async function readRecorded(deps: Deps, until: Date): Promise<Recorded> {
  const listed = await onlyGroup(deps)
  const estate = await readEstate(deps, deps.homeRepository)
  const code = await codeOfGroup(deps, estate, listed)
  const config = code.kind === 'found' ? code.repository.config : estate.home?.config
  const environment = config?.groups?.[listed.name]?.environment
  const group: Group = environment ? { ...listed, environment, environmentFrom: 'configuration' } : listed
  const policy = policyOfGroup(estate, deps.deployment, group, code)
  const window = windowUntil(until, policy.window.lookbackDays)
  const signals = (await deps.signals.read([group], window, () => policy)).get(group.groupKey)
  if (signals) return { group, policy, signals: { ...signals, group } }
  throw new TrimtabError('internal', `reading the metrics of ${group.name}: no answer for this group`)
}

/** The one group of the name; the same name in two regions needs --region. */
async function onlyGroup(deps: Pick<Deps, 'fleet' | 'selection'>): Promise<Group> {
  const groups: Group[] = []
  for await (const listed of deps.fleet.list(deps.selection)) {
    if (listed.kind === 'fault') throw listed.error
    groups.push(listed.group)
  }
  const [group, second] = groups
  if (group && !second) return group
  const regions = groups.map(({ region }) => region).join(', ')
  if (group) throw new TrimtabError('usage', `${group.name} is in several regions: ${regions}; give one --region`)
  throw new TrimtabError('not-found', `There is no Auto Scaling group ${deps.selection.names?.join(', ')}.`)
}

function documentOf({ group, signals }: Recorded, settings: Settings, { today, proposed, safe }: BackTestAnswer) {
  return {
    groupKey: group.groupKey,
    settings,
    window: signals.window,
    today,
    proposed,
    safe: safe.safe,
    violations: safe.violations,
    monthlyUsd: savedBy({ today, proposed, safe }) ?? null,
  }
}

function textOf(recorded: Recorded, settings: Settings, answer: BackTestAnswer, { chalk }: Terminal): string {
  const { group, policy, signals } = recorded
  const evidence = evidenceOf(signals, group, settings, policy.sizing.demandMargin)
  const change = changesInWords(answer.today.configuration, settings)
  const saved = savedBy(answer)
  const money =
    saved === undefined
      ? 'the price is unknown'
      : saved >= 0
        ? `saves ${dollars(saved)} a month`
        : `costs ${dollars(-saved)} a month`
  const verdict = answer.safe.safe
    ? chalk.green('safe')
    : `${chalk.red('not safe')}: ${answer.safe.violations.map(({ sentence }) => printable(sentence)).join('; ')}`
  return [
    `${chalk.bold(printable(group.name))} (${printable(group.environment)}): ${change || 'no change'}, ${money}`,
    verdict,
    '',
    tableText(backTestTable(evidence, answer.today, answer.proposed, policy)),
    `window ${evidence.windowStartAt} – ${evidence.windowEndAt}, coverage ${evidence.coveragePercent.toFixed(1)} % of steps, demand × ${evidence.demandMargin}`,
    '',
  ].join('\n')
}

function savedBy({ today, proposed }: BackTestAnswer): number | undefined {
  if (today.usdPerMonth === undefined || proposed.usdPerMonth === undefined) return undefined
  return today.usdPerMonth - proposed.usdPerMonth
}
