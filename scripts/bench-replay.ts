/**
 * Times the replay: `npx tsx scripts/bench-replay.ts`. Targets (issue 3, DESIGN.md section 7): at most 10 ns a step,
 * 400 candidates × 4,032 steps in at most 16 ms for the capacity loop and its measures together.
 */
import type { InstanceType } from '../src/core/model/instance-type.js'
import type { Demand } from '../src/core/planning/demand.js'
import { measure } from '../src/core/planning/measure.js'
import { type ReplayInput, replay, trajectoryOf } from '../src/core/planning/replay.js'
import type { ScalingModel } from '../src/core/planning/scaling-model.js'

const steps = 4032
const candidates = 400
const rounds = 20

const shape: InstanceType = {
  name: 'm6i.xlarge',
  family: 'm6i',
  vcpus: 4,
  memoryGiB: 16,
  architectures: ['x86_64'],
  networkBaselineGbps: 1.5,
  currentGeneration: true,
  bareMetal: false,
  spotSupported: true,
}

function demandOfADay(resources: 1 | 3): Demand {
  let seed = 7
  const random = () => {
    seed = (seed * 48271) % 2147483647
    return seed / 2147483647
  }
  const wave = (level: number) =>
    Float64Array.from(
      { length: steps },
      (_, i) => level * (1.2 - Math.cos((i / 288) * 2 * Math.PI)) * (0.9 + 0.2 * random()),
    )
  const vcpus = wave(12)
  return {
    span: { startAt: '2026-11-09T00:00:00.000Z', periodSeconds: 300, steps },
    vcpus,
    ...(resources === 3 && {
      memory: { perInstanceGiB: wave(5), perVcpuGiB: 1, shared: false },
      networkBytesPerSecond: wave(1e8),
    }),
    inService: new Float64Array(steps).fill(8),
    knownSteps: steps,
    censoredSteps: 0,
    survivedVcpus: 4,
  }
}

function bench(name: string, model: ScalingModel, resources: 1 | 3): void {
  const demand = demandOfADay(resources)
  const trajectory = trajectoryOf(steps)
  const need = demand.vcpus.map((value) => value / (4 * 0.7))
  const load = demand.vcpus.map((value) => value / 4)
  let best = Number.POSITIVE_INFINITY
  let kept = 0
  for (let round = 0; round < rounds; round++) {
    const began = performance.now()
    for (let candidate = 0; candidate < candidates; candidate++) {
      const input: ReplayInput = {
        need,
        load,
        model,
        minSize: 1 + (candidate % 10),
        maxSize: 40,
        start: 8,
        needCeiling: 100 / 70,
      }
      replay(input, 300, trajectory)
      kept += measure({ demand, trajectory, shape, margin: 1.15, strainPercent: 90 }).instanceHours
    }
    best = Math.min(best, performance.now() - began)
  }
  const perStep = (best * 1e6) / (steps * candidates)
  console.log(
    `${name.padEnd(46)} ${perStep.toFixed(1).padStart(5)} ns/step ${best.toFixed(1).padStart(7)} ms for ${candidates} candidates (${kept > 0})`,
  )
}

const still: ScalingModel = { tracks: [], rules: [], scaleIn: true, lagSteps: 2, warmupSeconds: 300, notes: [] }
bench('fixed capacity, CPU', still, 1)
bench('fixed capacity, CPU + memory + network', still, 3)
bench('target tracking, CPU', { ...still, tracks: [{ metric: 'cpu', target: 70 }] }, 1)
bench('target tracking, CPU + memory + network', { ...still, tracks: [{ metric: 'cpu', target: 70 }] }, 3)
bench(
  'step policy, CPU',
  {
    ...still,
    rules: [
      {
        above: true,
        thresholdPercent: 70,
        persistSteps: 1,
        adjustment: 'ChangeInCapacity',
        steps: [{ change: 2 }],
        cooldownSteps: 1,
      },
      {
        above: false,
        thresholdPercent: 30,
        persistSteps: 3,
        adjustment: 'ChangeInCapacity',
        steps: [{ change: -1 }],
        cooldownSteps: 1,
      },
    ],
  },
  1,
)
