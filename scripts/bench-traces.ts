/**
 * Sizes groups on real recorded demand and counts what the choice costs: `npx tsx scripts/bench-traces.ts [DIR]`.
 * For each trace (index.json, role demand, five-minute steps) the cheapest safe floor and target by replay of its first
 * fourteen days is judged on the fourteen that follow, against the static capacity "P99.5 of the first fortnight + 20 %".
 * Without the folder it says so and ends well.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { plainDeployment, policyFor } from '../src/config/policy-for.js'
import type { Configuration } from '../src/core/model/configuration.js'
import { known, unknown } from '../src/core/model/fact.js'
import type { Group } from '../src/core/model/group.js'
import type { InstanceType } from '../src/core/model/instance-type.js'
import type { SignalName, Signals } from '../src/core/model/signals.js'
import { evaluate } from '../src/core/planning/evaluate.js'
import { safetyOf } from '../src/core/planning/safety.js'
import { type Study, studyOf } from '../src/core/planning/study.js'

interface TraceEntry {
  readonly id: string
  readonly file: string
  readonly periodSeconds: number
  readonly role: string
}

const folder = process.argv[2] ?? 'shared/data/traces'
const period = 300
const fortnight = 4032
/** The capacity is scaled so that P99.5 of the first fortnight fills this many instances at the target. */
const level = 12
const target = 60
const floors = Array.from({ length: 20 }, (_, index) => index + 2)
const targets = [50, 55, 60, 65, 70, 75, 80]

const shape: InstanceType = {
  name: 'm6i.xlarge',
  family: 'm6i',
  vcpus: 4,
  memoryGiB: 16,
  architectures: ['x86_64'],
  currentGeneration: true,
  bareMetal: false,
  spotSupported: false,
}
const catalogue = {
  region: 'us-east-1',
  types: new Map([[shape.name, shape]]),
  onDemand: new Map([[shape.name, { usdPerHour: 0.192, source: 'bench', asOf: '2026-07-20' }]]),
  spot: new Map(),
  source: 'bench',
}
const policy = policyFor(undefined, 'production', plainDeployment)

function readTrace({ file }: TraceEntry): Float64Array {
  const bytes = readFileSync(join(folder, file))
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
  const rows = text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','))
  const start = Date.parse(rows[0]?.[0] ?? '')
  const end = Date.parse(rows[rows.length - 1]?.[0] ?? '')
  const values = new Float64Array((end - start) / (period * 1000) + 1).fill(Number.NaN)
  for (const [at, value] of rows) values[(Date.parse(at ?? '') - start) / (period * 1000)] = Number(value)
  return values
}

function p995(values: Float64Array): number {
  const known = values.filter((value) => !Number.isNaN(value)).sort()
  return known[Math.ceil(known.length * 0.995) - 1] ?? Number.NaN
}

/** A group that tracks CPU with a floor as high as its usual peak, as teams set it who fear the ramp. */
function groupOf(minSize: number): Group {
  return {
    groupKey: '1/us-east-1/bench',
    account: '1',
    region: 'us-east-1',
    name: 'bench',
    environment: 'production',
    environmentFrom: 'tag',
    tags: {},
    minSize,
    desiredCapacity: minSize,
    maxSize: level * 4,
    availabilityZones: ['a', 'b', 'c'],
    instances: [],
    launch: known({ kind: 'launch-template', source: 'bench', instanceType: shape.name }),
    targetGroupArns: [],
    healthCheckType: 'EC2',
    healthCheckGraceSeconds: 120,
    defaultCooldownSeconds: 300,
    suspendedProcesses: [],
    enabledMetrics: ['GroupInServiceInstances', 'GroupDesiredCapacity'],
    createdAt: '2014-01-01T00:00:00.000Z',
    scalingPolicies: known([
      {
        kind: 'target-tracking',
        name: 'cpu',
        enabled: true,
        metric: 'ASGAverageCPUUtilization',
        targetValue: target,
        disableScaleIn: false,
        warmupSeconds: 180,
      },
    ]),
    scheduledActions: known([]),
    activities: known([]),
    instanceRefreshes: known([]),
    warmPool: known(undefined),
    lifecycleHooks: known([]),
  }
}

/** A fortnight of demand in vCPUs as signals of a group that never moved; `serving` is large enough not to clip. */
function signalsOf(group: Group, vcpus: Float64Array): Signals {
  const serving = level * 4
  const window = { startAt: '2014-01-06T00:00:00.000Z', periodSeconds: period, steps: vcpus.length }
  const percent = Float32Array.from(vcpus, (value) => (value / (serving * shape.vcpus)) * 100)
  const series = (samples: Float32Array, unit: 'percent' | 'count') =>
    known({ startAt: window.startAt, periodSeconds: period, unit, samples })
  const none = unknown('not in the trace')
  const names: readonly SignalName[] = [
    'networkIn',
    'networkOut',
    'desired',
    'max',
    'responseTime',
    'requests',
    'cpuCredits',
  ]
  return {
    group,
    window,
    series: {
      ...(Object.fromEntries(names.map((name) => [name, none])) as Signals['series']),
      cpuAverage: series(percent, 'percent'),
      cpuMaximum: series(percent, 'percent'),
      memory: series(new Float32Array(vcpus.length).fill(30), 'percent'),
      inService: series(new Float32Array(vcpus.length).fill(serving), 'count'),
    },
  }
}

interface Count {
  readonly hours: number
  readonly breachMinutes: number
  readonly strainMinutes: number
}

function countOf(study: Study, configuration: Configuration): Count {
  const { recorded } = evaluate(study, configuration, shape)
  return { hours: recorded.instanceHours, breachMinutes: recorded.above100 * 5, strainMinutes: recorded.above90 * 5 }
}

/**
 * The cheapest safe floor and target; where the demand jumps too fast for any, the one with the fewest minutes over
 * 100 %, then the cheapest.
 */
function choice(study: Study): Configuration {
  const today = evaluate(study, study.today, shape)
  const options = floors.flatMap((minSize) =>
    targets.map((targetValue) => {
      const option = evaluate(study, { ...study.today, minSize, targetValue }, shape)
      const { safe } = safetyOf(study, today, option)
      return { option, breaches: safe ? -1 : option.stressed.above100, usd: option.recorded.instanceHours }
    }),
  )
  options.sort((one, other) => one.breaches - other.breaches || one.usd - other.usd)
  return options[0]?.option.configuration ?? study.today
}

/** The choice of the first fortnight, judged on the next; undefined where the trace is too short or empty. */
function judge(
  values: Float64Array,
): { ours: Count; fixed: Count; floor: number; target: number | undefined; size: number } | undefined {
  if (values.length < 2 * fortnight) return undefined
  const scale = (level * shape.vcpus * (target / 100)) / p995(values.slice(0, fortnight))
  if (!Number.isFinite(scale)) return undefined
  const learn = values.slice(0, fortnight).map((value) => value * scale)
  const test = values.slice(fortnight, 2 * fortnight).map((value) => value * scale)
  const size = Math.ceil((p995(learn) * 1.2) / shape.vcpus)
  const group = groupOf(Math.max(size, level))
  const learned = studyOf({ group, signals: signalsOf(group, learn), catalogue, policy })
  if ('kind' in learned) return undefined
  const chosen = choice(learned)
  const scaled = studyOf({ group, signals: signalsOf(group, test), catalogue, policy })
  const plain = { ...group, scalingPolicies: known([]), desiredCapacity: size, minSize: size }
  const still = studyOf({ group: plain, signals: signalsOf(plain, test), catalogue, policy })
  if ('kind' in scaled || 'kind' in still) return undefined
  const first = { ...scaled, start: chosen.minSize }
  return {
    ours: countOf(first, chosen),
    fixed: countOf(still, still.today),
    floor: chosen.minSize,
    target: chosen.targetValue,
    size,
  }
}

function main(): void {
  const index = join(folder, 'index.json')
  if (!existsSync(index)) {
    console.log(`no traces in ${folder}: nothing to compare`)
    return
  }
  const { traces } = JSON.parse(readFileSync(index, 'utf8')) as { readonly traces: readonly TraceEntry[] }
  const sums = { hours: 0, fixedHours: 0, breach: 0, fixedBreach: 0, strain: 0, fixedStrain: 0 }
  for (const trace of traces.filter(({ role, periodSeconds }) => role === 'demand' && periodSeconds === period)) {
    const judged = judge(readTrace(trace))
    if (!judged) continue
    const { ours, fixed, floor, target: chosen, size } = judged
    sums.hours += ours.hours
    sums.fixedHours += fixed.hours
    sums.breach += ours.breachMinutes
    sums.fixedBreach += fixed.breachMinutes
    sums.strain += ours.strainMinutes
    sums.fixedStrain += fixed.strainMinutes
    const ratio = (ours.hours / fixed.hours).toFixed(2)
    console.log(
      `${trace.id.padEnd(24)} floor ${String(floor).padStart(2)}, target ${chosen} for static ${size}: instance-hours ${ratio}, over 100 %: ${ours.breachMinutes} min for ${fixed.breachMinutes}, over 90 %: ${ours.strainMinutes} for ${fixed.strainMinutes}`,
    )
  }
  console.log(
    `all: ${(sums.hours / sums.fixedHours).toFixed(2)} of the instance-hours of P99.5 + 20 %; over 100 %: ${sums.breach} min for ${sums.fixedBreach}; over 90 %: ${sums.strain} for ${sums.fixedStrain}`,
  )
}

main()
