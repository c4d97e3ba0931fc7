import { ledgerOf } from '../../../core/cost/ledger.js'
import { rank } from '../../../core/decision/rank.js'
import type { ChangeState } from '../../../core/model/change.js'
import { inServiceCount } from '../../../core/model/group.js'
import type { Recommendation } from '../../../core/model/recommendation.js'
import type { AnalysisFault } from '../../../workflows/analyse/group-analysis.js'
import type { PlacedGroup } from '../../../workflows/analyse/place-group.js'
import type { Deps } from '../../../workflows/deps.js'
import type { Estate } from '../../../workflows/estate/estate.js'
import type { DashboardDocument, DashboardGroup } from '../documents/dashboard.js'
import { rounded } from '../documents/document.js'
import { type GroupReading, readFigures } from '../metrics/read-figures.js'
import { faultRow } from '../pass-document.js'
import { placeGroups } from '../place-groups.js'
import { storedRow } from '../recommendations/stored-row.js'

/** What a look is taken with. */
export interface LookDeps {
  readonly deps: Deps
  /** Why `deps` has no table; undefined where it has one. */
  readonly noTable: string | undefined
  /** Undefined where groups were asked for by name. */
  readonly environment: string | undefined
}

/** One look at an environment, with what a caller needs for its exit code. */
export interface DashboardLook {
  readonly document: DashboardDocument
  readonly faults: readonly AnalysisFault[]
  readonly estate: Estate
}

/** How far the histories go back. */
const hours = 6
const mostAdvised = 3

/** Reads groups, metrics, table and alarms. What cannot be read is said, and the rest is shown. */
export async function takeLook({ deps, noTable, environment }: LookDeps): Promise<DashboardLook> {
  const { placed, faults, estate } = await placeGroups(deps)
  const readings = await readFigures(deps, placed, hours)
  const keys = new Set(placed.map(({ group }) => group.groupKey))
  const rows = noTable === undefined ? await tried('the table', () => allRows(deps, keys)) : { why: noTable }
  const prefix = `${deps.application}-${environment ?? 'production'}-`
  const alarms = await tried('alarms', () => deps.alarms.list(prefix))
  const document: DashboardDocument = {
    at: deps.clock.now().toISOString(),
    application: deps.application,
    environment: environment ?? null,
    hours,
    score: lowestScores(readings),
    groups: placed.map((one, at) => groupOf(one, readings[at] as GroupReading)).sort(lowestFirst),
    advice: 'why' in rows ? null : adviceOf(rows.value),
    alarms: 'why' in alarms ? null : { prefix, found: alarms.value },
    missing: [rows, alarms].flatMap((one) => ('why' in one ? [one.why] : [])),
    faults: faults.map(faultRow),
  }
  return { document, faults, estate }
}

async function tried<T>(
  what: string,
  read: () => Promise<T>,
): Promise<{ readonly value: T } | { readonly why: string }> {
  try {
    return { value: await read() }
  } catch (error) {
    return { why: `${what}: ${error instanceof Error ? error.message : String(error)}` }
  }
}

async function allRows(deps: Deps, keys: ReadonlySet<string>): Promise<readonly Recommendation[]> {
  const rows = await deps.recommendations.list({ limit: Number.POSITIVE_INFINITY })
  return rows.filter(({ groupKey }) => keys.has(groupKey))
}

/** The lowest of the groups at each point; undefined nowhere but where no group has a score. */
function lowestScores(readings: readonly GroupReading[]): readonly (number | null)[] {
  const steps = Math.max(0, ...readings.map(({ scores }) => scores.length))
  return Array.from({ length: steps }, (_, step) => {
    const known = readings.flatMap(({ scores }) => scores[step] ?? [])
    return known.length === 0 ? null : rounded(Math.min(...known), 1)
  })
}

function groupOf({ group, policy }: PlacedGroup, { figures, cpu }: GroupReading): DashboardGroup {
  const { groupKey, environment, score, efficiency, missing } = figures
  return {
    groupKey,
    environment,
    score,
    efficiency,
    cpuTarget: policy.thresholds.cpuUtilizationTarget,
    cpu: cpu.map((value) => (value === undefined ? null : rounded(value, 1))),
    minSize: group.minSize,
    inService: inServiceCount(group),
    desiredCapacity: group.desiredCapacity,
    maxSize: group.maxSize,
    missing,
  }
}

function lowestFirst(a: DashboardGroup, b: DashboardGroup): number {
  const [left, right] = [a, b].map(({ score }) => score?.value ?? Number.POSITIVE_INFINITY) as [number, number]
  if (left === right) return a.groupKey < b.groupKey ? -1 : 1
  return left < right ? -1 : 1
}

function adviceOf(rows: readonly Recommendation[]): NonNullable<DashboardDocument['advice']> {
  const open = rows.filter(({ status }) => status === 'PENDING')
  const states = [...new Set(open.map(({ change }) => change.state))].sort()
  const ended = (...among: readonly ChangeState[]) => rows.filter(({ change }) => among.includes(change.state)).length
  const { identified, proposed, merged, verified } = ledgerOf(rows)
  return {
    open: open.length,
    byState: states.map((state) => ({ state, count: open.filter(({ change }) => change.state === state).length })),
    top: rank(open, () => 1)
      .slice(0, mostAdvised)
      .map(storedRow),
    applied: ended('applied'),
    undone: ended('rolledBack', 'failed'),
    ledger: {
      identified: rounded(identified, 2),
      proposed: rounded(proposed, 2),
      merged: rounded(merged, 2),
      verified: rounded(verified, 2),
    },
  }
}
