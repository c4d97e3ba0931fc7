// Writes the shipped list of instance types and prices: node scripts/catalogue.mjs FILE
// FILE lists types with shapes and on-demand prices, each with its source and date; the head of what is written repeats them.
import { readFileSync, writeFileSync } from 'node:fs'

const [file] = process.argv.slice(2)
if (file === undefined) {
  console.error('usage: node scripts/catalogue.mjs FILE')
  process.exit(2)
}
const from = JSON.parse(readFileSync(file, 'utf8'))
const regions = Object.keys(from.provenance.onDemand)

/** The date that most prices of a region carry; the others are listed by type. */
function commonDate(region) {
  const counts = new Map()
  for (const { onDemandPriceDate } of from.types) {
    const date = onDemandPriceDate[region]
    if (date !== undefined) counts.set(date, (counts.get(date) ?? 0) + 1)
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0][0]
}

const dates = Object.fromEntries(regions.map((region) => [region, commonDate(region)]))

function otherDates(region) {
  const odd = from.types.filter(
    ({ onDemandPriceDate }) => (onDemandPriceDate[region] ?? dates[region]) !== dates[region],
  )
  return Object.fromEntries(odd.map((type) => [type.type, type.onDemandPriceDate[region]]))
}

/** c = current generation, b = bare metal, s = spot, then the regions that offer it by their place in the list. */
function flags(type) {
  const offered = regions.flatMap((region, index) => (type.regions.includes(region) ? [String(index)] : []))
  return [type.currentGeneration ? 'c' : '', type.bareMetal ? 'b' : '', type.spotSupported ? 's' : '', ...offered].join(
    '',
  )
}

function rowOf(type) {
  const burst = type.burst
  const row = [
    type.type,
    type.vcpu,
    type.memoryGiB,
    type.arch.join('+'),
    type.networkBaselineGbps ?? null,
    flags(type),
    regions.map((region) => type.onDemandUsdPerHour[region] ?? null),
    type.gpus ?? null,
    type.localStorage?.totalGB ?? null,
    burst ? [burst.baselinePercentPerVcpu, burst.creditsPerHour, burst.maxCredits] : null,
    type.flex?.baselinePercent ?? null,
  ]
  while (row.at(-1) === null) row.pop()
  return row
}

const head = {
  about: 'Linux, shared tenancy, US dollars an hour. Written by scripts/catalogue.mjs; do not edit.',
  shapesAsOf: from.asOf,
  sources: {
    shapes: from.provenance.shape,
    onDemand: from.provenance.onDemand,
    burst: from.provenance.burst,
    flex: from.provenance.flex,
  },
  regions,
  pricesAsOf: dates,
  otherPriceDates: Object.fromEntries(regions.map((region) => [region, otherDates(region)])),
  columns: [
    'name',
    'vcpus',
    'memoryGiB',
    'architecture',
    'networkBaselineGbps',
    'flags',
    'onDemand',
    'gpus',
    'localStorageGB',
    'burst',
    'flexBaselinePercent',
  ],
}
const rows = [...from.types].sort((a, b) => (a.type < b.type ? -1 : 1)).map((type) => JSON.stringify(rowOf(type)))
const text = `${JSON.stringify(head, null, 1).slice(0, -2)},\n "types": [\n${rows.join(',\n')}\n]}\n`
writeFileSync(new URL('../src/catalogue/instance-types.json', import.meta.url), text)
console.log(`${rows.length} types, ${text.length} bytes`)
