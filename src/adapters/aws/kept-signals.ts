import { createHash } from 'node:crypto'
import { type Fact, known } from '../../core/model/fact.js'
import type { Group, GroupKey } from '../../core/model/group.js'
import type { SeriesSpan } from '../../core/model/series.js'
import { dayMs, hourMs } from '../../core/model/units.js'
import type { KeptDay, MetricHistory } from '../../ports/metric-history.js'
import type { SignalReader } from '../../ports.js'
import { copySamples, type DayChunk, decodeChunk } from './day-chunk.js'
import { daysToKeep } from './days-to-keep.js'
import { type DayOfWindow, daysOf, settledSteps } from './kept-days.js'
import type { SignalQuery } from './signal-queries.js'
import { type DefinedGroup, regionsOf, type SampledSignals, type SignalSource } from './signal-source.js'
import { queriesOf, signalsOf, wholeSignals } from './signals.js'

/** A series as far as it is kept: the steps from `from` on are still to be asked for. */
export interface Draft {
  readonly query: SignalQuery
  /** What it is asked by, as a key. */
  readonly key: string
  samples: Fact<Float32Array>
  readonly from: number
}

type KeptChunks = ReadonlyMap<string, DayChunk>

export interface DraftGroup {
  readonly defined: DefinedGroup
  readonly days: KeptChunks
  readonly series: readonly Draft[]
}

/**
 * A reader that asks for each series once and from then on only for what is new, in whatever process: what is settled is
 * kept in the history. A series that is asked for in another way (another metric, statistic or load balancer) starts
 * anew. What is kept never stands in for an answer that failed. A look at some series only, or at a day or less, is
 * neither answered from the history nor kept: CloudWatch bills each metric asked for, not its points. A history that
 * cannot be read or written costs time, not the answer; `onFault` hears of it.
 */
export function keptSignals(
  source: SignalSource,
  history: MetricHistory,
  onFault: (what: string, error: unknown) => void,
): SignalReader {
  const whole = wholeSignals(source)
  return {
    async read(groups, window, policyOf, only) {
      if (only || !isWorthKeeping(window)) return whole.read(groups, window, policyOf, only)
      const [defined, kept] = await Promise.all([
        source.define(groups, policyOf),
        readKept(history, groups, window).catch((error: unknown) => {
          onFault('metric history could not be read', error)
          return undefined
        }),
      ])
      const drafts = defined.map((one) => draftOf(one, kept?.get(one.group.groupKey) ?? new Map(), window))
      await Promise.all(regionsOf(groups).map((region) => complete(source, region, drafts, window)))
      if (kept) await keep(history, drafts, window, onFault)
      return new Map(
        drafts.map((draft) => [draft.defined.group.groupKey, signalsOf(draft.defined, samplesIn(draft), window)]),
      )
    },
  }
}

/** Longer than a day, on steps that a UTC day is divided by. */
function isWorthKeeping({ startAt, periodSeconds, steps }: SeriesSpan): boolean {
  const periodMs = periodSeconds * 1000
  return steps * periodMs > dayMs && dayMs % periodMs === 0 && Date.parse(startAt) % periodMs === 0
}

async function readKept(
  history: MetricHistory,
  groups: readonly Group[],
  window: SeriesSpan,
): Promise<ReadonlyMap<GroupKey, KeptChunks>> {
  const byGroup = new Map(groups.map(({ groupKey }) => [groupKey, new Map<string, DayChunk>()]))
  const days = daysOf(window)
  const wanted = groups.flatMap(({ groupKey }) => days.map(({ day }) => ({ groupKey, day })))
  for (const { groupKey, day, bytes } of await history.read(wanted)) {
    const chunk = decodeChunk(bytes)
    if (chunk?.periodSeconds === window.periodSeconds) byGroup.get(groupKey)?.set(day, chunk)
  }
  return byGroup
}

function draftOf(defined: DefinedGroup, kept: KeptChunks, window: SeriesSpan): DraftGroup {
  const chunks = daysOf(window).map((day) => ({ ...day, chunk: kept.get(day.day) }))
  const series = queriesOf(defined).map((query): Draft => {
    const key = keyOf(query)
    const samples = new Float32Array(window.steps)
    const held = fillFrom(chunks, key, samples)
    samples.fill(Number.NaN, held)
    return {
      query,
      key,
      samples: known(samples),
      from: Math.max(0, Math.min(held, window.steps - settledSteps(window))),
    }
  })
  return { defined, days: kept, series }
}

/** Steps from the start of the window on that are kept without a break; they are put into `samples`. */
function fillFrom(
  days: readonly (DayOfWindow & { readonly chunk: DayChunk | undefined })[],
  key: string,
  samples: Float32Array,
): number {
  for (const { step, offset, steps, chunk } of days) {
    const own = chunk?.series.get(key)
    if (!chunk || !own || offset < chunk.from || offset >= chunk.through) return step
    const end = Math.min(offset + steps, chunk.through)
    copySamples(own, [offset - chunk.from, end - chunk.from], samples, step)
    if (end < offset + steps) return step + end - offset
  }
  return samples.length
}

/** Asks for what is missing; series that miss about as much share requests. */
async function complete(
  source: SignalSource,
  region: string,
  drafts: readonly DraftGroup[],
  window: SeriesSpan,
): Promise<void> {
  const its = drafts.filter(({ defined }) => defined.group.region === region)
  const spans = new Set(its.flatMap(({ series }) => series.map((draft) => missingSteps(draft, window))))
  await Promise.all(
    [...spans].map(async (steps) => {
      const missing = its.map(({ series }) => series.filter((draft) => missingSteps(draft, window) === steps))
      const queries = missing.map((series) => series.map(({ query }) => query))
      const answers = await source.read(region, queries, lastSteps(window, steps))
      for (const draft of missing.flat()) takeAnswer(draft, answers, window.steps - steps)
    }),
  )
}

/** Rounded up to whole hours. */
function missingSteps({ from }: Draft, { steps, periodSeconds }: SeriesSpan): number {
  const hour = hourMs / (periodSeconds * 1000)
  return Math.min(steps, Math.ceil((steps - from) / hour) * hour)
}

function lastSteps(window: SeriesSpan, steps: number): SeriesSpan {
  const skipped = (window.steps - steps) * window.periodSeconds * 1000
  return { ...window, startAt: new Date(Date.parse(window.startAt) + skipped).toISOString(), steps }
}

function takeAnswer(draft: Draft, answers: SampledSignals, from: number): void {
  const answer = answers.get(draft.query)
  if (answer?.kind === 'known' && draft.samples.kind === 'known' && from > 0) {
    draft.samples.value.set(answer.value, from)
  } else if (answer) draft.samples = answer
}

function samplesIn({ series }: DraftGroup): SampledSignals {
  return new Map(series.map(({ query, samples }) => [query, samples]))
}

async function keep(
  history: MetricHistory,
  drafts: readonly DraftGroup[],
  window: SeriesSpan,
  onFault: (what: string, error: unknown) => void,
): Promise<void> {
  const days: readonly KeptDay[] = drafts.flatMap((draft) => daysToKeep(draft, window))
  if (days.length === 0) return
  await history.write(days).catch((error: unknown) => onFault('metric history could not be written', error))
}

/** What the samples of a series mean: every query of it with its statistic, and how they are joined. */
function keyOf({ signal, queries, joining }: SignalQuery): string {
  const text = JSON.stringify([signal, joining, queries])
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}
