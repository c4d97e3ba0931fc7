import { gunzipSync, gzipSync } from 'node:zlib'
import type { Fact } from '../../core/model/fact.js'
import type { Catalogue, InstanceType, Price, SpotOffer } from '../../core/model/instance-type.js'
import type { Series } from '../../core/model/series.js'
import type { SignalName, Signals } from '../../core/model/signals.js'
import type { IsoTime } from '../../core/model/units.js'
import type { Inputs } from './inputs.js'

/** Raised whenever older inputs cannot be read any more. */
export const inputsVersion = 1

/** Inputs as text for the table: gzip in base64, the series as the bytes of their 32-bit floats. */
export interface PackedInputs {
  readonly version: number
  readonly at: IsoTime
  /** The end of the window names the advice that these are the inputs of. */
  readonly windowEndAt: IsoTime
  readonly facts: string
  readonly samples: string
}

/** Everything but the samples; a known series has its place in them by the order of names. */
interface Facts extends Omit<Inputs, 'signals' | 'catalogue'> {
  readonly window: Signals['window']
  readonly series: Readonly<Record<SignalName, Fact<Omit<Series, 'samples'> & { readonly length: number }>>>
  readonly catalogue: Pick<Catalogue, 'region' | 'source'> & {
    readonly types: readonly (readonly [string, InstanceType])[]
    readonly onDemand: readonly (readonly [string, Price])[]
    readonly spot: readonly (readonly [string, readonly SpotOffer[]])[]
  }
}

/** Samples keep every bit, so that a replay meets the numbers that the advice came from. */
export function packInputs(inputs: Inputs): PackedInputs {
  const { signals, catalogue, ...rest } = inputs
  const { window } = signals
  const names = Object.keys(signals.series) as readonly SignalName[]
  const series = names.map((name) => [name, withoutSamples(signals.series[name])] as const)
  const facts: Facts = {
    ...rest,
    window,
    series: Object.fromEntries(series) as Facts['series'],
    catalogue: {
      region: catalogue.region,
      source: catalogue.source,
      types: [...catalogue.types],
      onDemand: [...catalogue.onDemand],
      spot: [...catalogue.spot],
    },
  }
  const samples = names.flatMap((name) => {
    const fact = signals.series[name]
    return fact.kind === 'known' ? [bytesOf(fact.value.samples)] : []
  })
  return {
    version: inputsVersion,
    at: inputs.at,
    windowEndAt: new Date(Date.parse(window.startAt) + window.steps * window.periodSeconds * 1000).toISOString(),
    facts: gzipSync(JSON.stringify(facts)).toString('base64'),
    samples: gzipSync(Buffer.concat(samples)).toString('base64'),
  }
}

/** The inputs as they were packed by this version. */
export function unpackInputs(packed: PackedInputs): Inputs {
  const { window, series, catalogue, ...rest } = JSON.parse(unzipped(packed.facts).toString('utf8')) as Facts
  const bytes = unzipped(packed.samples)
  let offset = 0
  const unpacked = Object.entries(series).map(([name, fact]) => {
    if (fact.kind === 'unknown') return [name, fact]
    const { length, ...head } = fact.value
    const samples = floatsOf(bytes.subarray(offset, offset + length * 4))
    offset += length * 4
    return [name, { kind: 'known', value: { ...head, samples } }]
  })
  return {
    ...rest,
    signals: { group: rest.group, window, series: Object.fromEntries(unpacked) },
    catalogue: {
      ...catalogue,
      types: new Map(catalogue.types),
      onDemand: new Map(catalogue.onDemand),
      spot: new Map(catalogue.spot),
    },
  }
}

function withoutSamples(fact: Fact<Series>): Facts['series'][SignalName] {
  if (fact.kind === 'unknown') return fact
  const { samples, ...head } = fact.value
  return { kind: 'known', value: { ...head, length: samples.length } }
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}

/** A copy, since a view on floats has to begin at a multiple of four bytes. */
function floatsOf(bytes: Uint8Array): Float32Array {
  return new Float32Array(Uint8Array.from(bytes).buffer)
}

function unzipped(text: string): Buffer {
  return gunzipSync(Buffer.from(text, 'base64'))
}
