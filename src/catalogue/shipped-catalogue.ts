import type { Architecture, InstanceType, Price } from '../core/model/instance-type.js'

/** The shapes and prices that travel with the program, for when EC2 or the Pricing API cannot be asked. */
export interface ShippedCatalogue {
  /** Every type by name, whatever region offers it. */
  readonly types: ReadonlyMap<string, InstanceType>
  /** The types a region offers; every type where the list does not know the region. */
  offeredIn(region: string): readonly InstanceType[]
  /** On-demand prices of a region by type; empty where the list does not know the region. */
  pricesIn(region: string): ReadonlyMap<string, Price>
  /** e.g. `shipped list of 2026-08-02`. */
  readonly source: string
}

type Row = readonly [
  name: string,
  vcpus: number,
  memoryGiB: number,
  architecture: string,
  networkBaselineGbps: number | null,
  flags: string,
  onDemand: readonly (number | null)[],
  gpus?: number | null,
  localStorageGB?: number | null,
  burst?: readonly [baselinePercentPerVcpu: number, creditsPerHour: number, maxCredits: number] | null,
  flexBaselinePercent?: number | null,
]

interface ShippedFile {
  readonly shapesAsOf: string
  readonly regions: readonly string[]
  readonly pricesAsOf: Readonly<Record<string, string>>
  readonly otherPriceDates: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly types: readonly Row[]
}

let loaded: Promise<ShippedCatalogue> | undefined

/** Loads the list when first asked for; it is read once in a process. */
export function loadShippedCatalogue(): Promise<ShippedCatalogue> {
  loaded ??= import('./instance-types.json', { with: { type: 'json' } }).then((file) =>
    catalogueOf(file.default as unknown as ShippedFile),
  )
  return loaded
}

/**
 * Flex types run at full speed for 95 % of a day and at their baseline otherwise (EC2 User Guide): the same as credits
 * that last 95 % of 24 hours at full speed above the baseline.
 */
export function flexBurst(vcpus: number, baselinePercentPerVcpu = 40): NonNullable<InstanceType['burst']> {
  const baseline = baselinePercentPerVcpu / 100
  return {
    baselinePercentPerVcpu,
    creditsPerHour: Math.round(vcpus * 60 * baseline),
    maxCredits: Math.round(vcpus * (1 - baseline) * 0.95 * 24 * 60),
  }
}

function catalogueOf(file: ShippedFile): ShippedCatalogue {
  const types = new Map(file.types.map((row) => [row[0], typeOf(row)]))
  return {
    types,
    offeredIn: (region) => {
      const place = file.regions.indexOf(region)
      const rows = place < 0 ? file.types : file.types.filter((row) => row[5].includes(String(place)))
      return rows.flatMap((row) => types.get(row[0]) ?? [])
    },
    pricesIn: (region) => pricesIn(file, region),
    source: `shipped list of ${file.shapesAsOf}`,
  }
}

function pricesIn(file: ShippedFile, region: string): ReadonlyMap<string, Price> {
  const place = file.regions.indexOf(region)
  const prices = new Map<string, Price>()
  for (const [name, , , , , , onDemand] of file.types) {
    const usdPerHour = onDemand[place]
    const asOf = file.otherPriceDates[region]?.[name] ?? file.pricesAsOf[region]
    if (usdPerHour == null || asOf === undefined) continue
    prices.set(name, { usdPerHour, source: 'shipped price list', asOf })
  }
  return prices
}

function typeOf(row: Row): InstanceType {
  const [name, vcpus, memoryGiB, architecture, networkBaselineGbps, flags, , gpus, localStorageGB, credits, flex] = row
  const burst = credits
    ? { baselinePercentPerVcpu: credits[0], creditsPerHour: credits[1], maxCredits: credits[2] }
    : flex
      ? flexBurst(vcpus, flex)
      : undefined
  return {
    name,
    family: name.split('.')[0] ?? name,
    vcpus,
    memoryGiB,
    architectures: architecture.split('+').map(architectureOf),
    ...(networkBaselineGbps === null ? {} : { networkBaselineGbps }),
    currentGeneration: flags.includes('c'),
    bareMetal: flags.includes('b'),
    spotSupported: flags.includes('s'),
    ...(burst ? { burst } : {}),
    ...(gpus ? { gpus } : {}),
    ...(localStorageGB ? { localStorageGB } : {}),
  }
}

/** EC2's word for a processor architecture in ours; Macs are `other`. */
export function architectureOf(word: string): Architecture {
  return word === 'x86_64' || word === 'arm64' || word === 'i386' ? word : 'other'
}
