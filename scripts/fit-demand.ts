/**
 * Fits the demand generator's figures to recorded series and holds generated series against the real ones.
 * Usage: npx tsx scripts/fit-demand.ts FOLDER [--table]
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DemandFigures, DemandShape } from '../src/sandbox/demand/demand-figures.js'
import { fitFigures } from '../src/sandbox/demand/fit-figures.js'
import { generateDemand } from '../src/sandbox/demand/generate-demand.js'
import { measureSeries, type SeriesMeasures } from '../src/sandbox/demand/measure-series.js'
import { readTraces } from '../src/sandbox/demand/read-traces.js'
import type { Trace } from '../src/sandbox/demand/trace.js'

/** Days of the World Cup itself, 10 June to 12 July 1998: before it the site was hardly read. */
const tournament = [41, 74] as const

/** Which recordings stand for which shape; the first is the one that the generator uses unless told otherwise. */
const chosen: readonly (readonly [DemandShape, string, (readonly [number, number])?])[] = [
  ['diurnal', 'ms-mongo-app-01'],
  ['diurnal', 'ms-ingress-03'],
  ['weekly', 'nab-nyc-taxi'],
  ['weekly', 'ms-ecommerce-api-01'],
  ['weekly', 'azure-v2-region-cpu'],
  ['bursty', 'nab-tweets-amzn'],
  ['bursty', 'nab-elb-requests-8c0756'],
  ['flat', 'bitbrains-vm-997'],
  ['flat', 'nab-ec2-cpu-5f5533'],
  ['growth', 'ms-mongo-app-03'],
  ['onOff', 'bitbrains-vm-205'],
  ['onOff', 'bitbrains-fleet-a'],
  ['launchSpike', 'worldcup98-requests', tournament],
]

const folder = process.argv[2] ?? '../shared/data/traces'
const traces = new Map(readTraces(folder).map((trace) => [trace.id, trace]))
const columns = ['cv', 'acfDay', 'acfWeek', 'p50ToMean', 'p95ToMean', 'p995ToMean', 'peakToMedian'] as const
const sources = readSources(folder)

const constants = chosen.flatMap(([shape, id, days]) => {
  const trace = traces.get(id)
  if (trace === undefined) return []
  if (days !== undefined) traces.set(id, cutDays(trace, days))
  const figures = fitFigures(traces.get(id) ?? trace, shape)
  return [{ shape, trace: id, source: sources.get(id) ?? id, fittedOn: new Date().toISOString().slice(0, 10), figures }]
})

console.log(`| shape | recording | series | ${columns.join(' | ')} |`)
console.log(`|---|---|---|${columns.map(() => '---|').join('')}`)
for (const { shape, trace: id, figures } of constants) {
  const trace = traces.get(id)
  if (trace === undefined) continue
  printRow(shape, id, 'real', measureSeries(trace.values, trace.periodSeconds))
  const runs = Array.from({ length: 9 }, (_, seed) => measureGenerated(seed + 1, figures, trace))
  printRow(shape, id, 'generated', middle(runs))
}
if (!process.argv.includes('--table')) console.log(JSON.stringify(constants, undefined, 1))

function cutDays(trace: Trace, [from, until]: readonly [number, number]): Trace {
  const perDay = 86_400 / trace.periodSeconds
  return {
    ...trace,
    startMs: trace.startMs + from * 86_400_000,
    values: trace.values.slice(from * perDay, until * perDay),
  }
}

function measureGenerated(seed: number, figures: DemandFigures, trace: Trace): SeriesMeasures {
  const demand = generateDemand(seed, figures, trace.startMs)
  const stepsOfPeriod = Math.max(1, Math.round(trace.periodSeconds / 300))
  const values = Array.from(trace.values, (_, index) => {
    let sum = 0
    for (let step = 0; step < stepsOfPeriod; step += 1) {
      sum += demand(trace.startMs + index * trace.periodSeconds * 1000 + step * 300_000)
    }
    return sum / stepsOfPeriod
  })
  return measureSeries(values, trace.periodSeconds)
}

/** The median of each measure over the runs. */
function middle(runs: readonly SeriesMeasures[]): SeriesMeasures {
  const of = (key: keyof SeriesMeasures): number =>
    runs.map((run) => run[key]).sort((a, b) => a - b)[Math.floor(runs.length / 2)] ?? Number.NaN
  return {
    cv: of('cv'),
    acfDay: of('acfDay'),
    acfWeek: of('acfWeek'),
    p50ToMean: of('p50ToMean'),
    p95ToMean: of('p95ToMean'),
    p995ToMean: of('p995ToMean'),
    peakToMedian: of('peakToMedian'),
  }
}

function printRow(shape: string, id: string, series: string, measures: SeriesMeasures): void {
  const cells = columns.map((column) => measures[column].toFixed(2))
  console.log(`| ${shape} | ${id} | ${series} | ${cells.join(' | ')} |`)
}

function readSources(path: string): ReadonlyMap<string, string> {
  const index = JSON.parse(readFileSync(join(path, 'index.json'), 'utf8')) as {
    readonly traces: readonly { readonly id: string; readonly source: string; readonly sourceFile?: string }[]
  }
  return new Map(
    index.traces.map(({ id, source, sourceFile }) => [id, [source, sourceFile].filter(Boolean).join(' : ')]),
  )
}
