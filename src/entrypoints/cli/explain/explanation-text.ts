import { dollars } from '../../../core/proposal/figures.js'
import { changesInWords } from '../../../core/proposal/settings-words.js'
import type { ExplainDocument, ExplainedAdvice, ExplainedCheck, ReplayFigures } from '../documents/explain.js'
import { printable, type Terminal } from '../terminal.js'

/** Candidates that text shows for each verdict and property; --json has all. */
const shownAlike = 3

/** The chain for people: one part after the other, figures first. */
export function explanationText(document: ExplainDocument, { chalk }: Pick<Terminal, 'chalk'>): string {
  const part = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : [chalk.bold(title), ...lines.map((line) => `  ${printable(line)}`), '']
  const { groupKey, environment, environmentFrom, from, at } = document
  return [
    `${chalk.bold(printable(groupKey))} (${printable(environment)} by ${environmentFrom}), ${from}, ${at}`,
    '',
    ...part('Samples', sampleLines(document)),
    ...part('Usage', usageLines(document)),
    ...part('Score', scoreLines(document)),
    ...part('Demand', demandLines(document)),
    ...part('Candidates', candidateLines(document)),
    ...part('Guardrails', aligned(document.guardrails.map(({ setting, value }) => [setting, value]))),
    ...document.advice.flatMap((one) => part(`Advice: ${one.description}`, adviceLines(one, document))),
    ...part('No advice', document.noAdvice ? [holdText(document.noAdvice)] : []),
    ...part('Code', [codeLine(document)]),
  ].join('\n')
}

function sampleLines({ window, samples }: ExplainDocument): readonly string[] {
  const known = samples.filter(({ coveragePercent }) => coveragePercent !== null)
  const rows = known.map(({ signal, coveragePercent, unit }) => [signal, `${coveragePercent} %`, unit])
  return [
    `${window.startAt} – ${window.endAt}, ${window.steps} steps of ${window.periodSeconds / 60} minutes; share of steps with a value:`,
    ...aligned(rows),
    ...samples.filter(({ missing }) => missing !== null).map(({ signal, missing }) => `${signal}: unknown, ${missing}`),
  ]
}

function usageLines({ usage }: ExplainDocument): readonly string[] {
  if (usage.length === 0) return []
  return aligned([
    ['', 'mean', 'P95', 'P99.5', 'highest', 'at'],
    ...usage.map(({ metric, mean, p95, p995, max, maxAt }) => [metric, ...[mean, p95, p995, max].map(figure), maxAt]),
  ])
}

function scoreLines({ score, noScore }: ExplainDocument): readonly string[] {
  if (!score) return [`no score: ${noScore}`]
  const factors = score.factors.map(({ name, mark, sharePercent, weightPercent, missing }) => [
    name,
    mark === null ? 'unknown' : figure(mark),
    `× ${sharePercent} %`,
    missing ?? (sharePercent === weightPercent ? '' : `(${weightPercent} % where all are known)`),
  ])
  return [
    `${score.score} ${score.band}, now ${score.current ?? 'no data'}; efficiency ${score.efficiency ?? 'no data'}; together ${score.overallBand}; ${score.diagnosis}`,
    ...aligned(factors),
    ...(score.bottlenecks.length > 0 ? [`bottlenecks: ${score.bottlenecks.join(', ')}`] : []),
    ...score.notes,
  ]
}

function demandLines({ demand, noReplay, price }: ExplainDocument): readonly string[] {
  if (!demand) return noReplay ? [holdText(noReplay)] : []
  const { inServiceLowest, inServiceMean, inServiceHighest } = demand
  return [
    `${demand.instanceType}: ${demand.vcpus} vCPUs, ${demand.memoryGiB} GiB${price ? `, $${price.usdPerHour} an hour (${price.source}, ${price.asOf})` : ', price unknown'}`,
    `vCPUs: mean ${demand.meanVcpus}, P95 ${demand.p95Vcpus}, P99.5 ${demand.p995Vcpus}, highest ${demand.highestVcpus} at ${demand.highestAt}; ${demand.knownSteps} steps`,
    `in service: ${inServiceLowest} – ${inServiceMean} – ${inServiceHighest}; one instance carried up to ${demand.survivedVcpus} vCPUs`,
    ...(demand.censoredMinutes > 0
      ? [`${demand.censoredMinutes} minutes at 95 % CPU or more: the demand may have been higher`]
      : []),
    `memory ${demand.memory}`,
    ...demand.scaling,
  ]
}

function candidateLines({ today, considered, noReplay, demand }: ExplainDocument): readonly string[] {
  if (!demand) return []
  const held = noReplay ? [`none replayed: ${holdText(noReplay)}`] : []
  const seen = new Map<string, number>()
  const lines = considered.flatMap((one) => {
    const kind = `${one.round} ${one.property} ${one.verdict}`
    const count = (seen.get(kind) ?? 0) + 1
    seen.set(kind, count)
    if (count > shownAlike && one.verdict !== 'chosen') return []
    const money = `${dollars(one.usdPerMonth)} a month, ${one.usdSaved >= 0 ? 'saves' : 'costs'} ${dollars(Math.abs(one.usdSaved))}`
    return [
      `${one.verdict === 'chosen' ? '✓' : '✗'} ${one.round}. ${changesInWords(one.from, one.to)}: ${money}; ${one.verdict}: ${one.why}`,
    ]
  })
  const left = considered.length - lines.length
  return [
    `today: ${replayWords(today)}`,
    ...held,
    ...lines,
    ...(left > 0 ? [`and ${left} more alike (--json has all ${considered.length})`] : []),
  ]
}

function adviceLines(one: ExplainedAdvice, { today }: ExplainDocument): readonly string[] {
  const range = one.monthlyUsdRange
  const money = one.monthlyUsd < 0 ? `costs ${dollars(-one.monthlyUsd)}` : `saves ${dollars(one.monthlyUsd)}`
  return [
    `${one.recommendationId ?? 'not recorded'}: ${one.type}, ${one.priority}, ${changesInWords(one.from, one.to) || one.property}`,
    `${money} a month${range ? ` (${dollars(range[0])} to ${dollars(range[1])})` : ''}${one.priceSource ? `, ${one.priceSource}` : ''}`,
    ...(one.replay ? [`today: ${replayWords(today)}`, `with it: ${replayWords(one.replay)}`] : []),
    ...one.notes,
    `again: ${one.reproduce}`,
    ...(one.decision ? [decisionLine(one.decision)] : ['no run has decided about it yet']),
    ...one.checks.map(checkLine),
  ]
}

function decisionLine({ kind, reason, detail }: NonNullable<ExplainedAdvice['decision']>): string {
  return detail === null ? `decision: ${kind}, ${reason}` : `decision: ${kind}, ${reason} (${detail})`
}

function checkLine({ check, verdict, met, hold }: ExplainedCheck): string {
  const read = met === null || met === 'null' ? '' : ` (${met})`
  return verdict === 'passed' ? `✓ ${check}${read}` : `✗ ${check}${read}: ${hold ? holdText(hold) : 'held'}`
}

function codeLine({ code }: ExplainDocument): string {
  const { place, missing } = code
  return place
    ? `${place.repository} ${place.file}:${place.line}, ${place.address} (${place.format})`
    : `not known: ${missing}`
}

function replayWords(test: ReplayFigures): string {
  if (!test) return 'not replayed'
  const { instances, cpuMean, cpuP995, cpuWorst } = test
  const memory = test.memoryWorst === null ? 'memory unknown' : `memory at worst ${test.memoryWorst} %`
  const money = test.usdPerMonth === null ? 'price unknown' : `${dollars(test.usdPerMonth)} a month`
  return `${instances.lowest} – ${instances.mean} – ${instances.highest} instances, CPU ${cpuMean} – ${cpuP995} – ${cpuWorst} %, ${test.minutesAbove90} / ${test.minutesAbove100} minutes above 90 / 100 %, ${memory}, zone loss ${test.zoneLoss}, ${test.instanceHours} instance-hours, ${money}`
}

function holdText({ sentence, detail }: { readonly sentence: string; readonly detail: string }): string {
  return `${sentence} (${detail})`
}

function figure(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 2 })
}

/** Columns as wide as their widest cell. */
function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
