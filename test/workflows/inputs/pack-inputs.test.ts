import { expect, it } from '@jest/globals'
import { createLocalNotebook } from '../../../src/adapters/local/table/notebook.js'
import { known } from '../../../src/core/model/fact.js'
import type { Recommendation } from '../../../src/core/model/recommendation.js'
import { plan } from '../../../src/core/planning/plan.js'
import { createJournal } from '../../../src/entrypoints/journal.js'
import type { Inputs } from '../../../src/workflows/inputs/inputs.js'
import { noteInputs } from '../../../src/workflows/inputs/note-inputs.js'
import { type PackedInputs, packInputs, unpackInputs } from '../../../src/workflows/inputs/pack-inputs.js'
import { readInputs } from '../../../src/workflows/inputs/read-inputs.js'
import { downOf } from '../../core/decision/builders.js'
import { catalogueWith, signalsWith, unscored } from '../../core/planning/builders.js'
import { cpuTracking, groupWith } from '../../support/group.js'
import { policyOf } from '../../support/policy.js'

const at = new Date('2026-11-23T00:00:00.000Z')

/** A group whose samples never repeat: nothing in them compresses. */
function inputsOver(days: number): Inputs {
  const group = groupWith({ minSize: 8, desiredCapacity: 8, scalingPolicies: known([cpuTracking(60)]) })
  const noise = (level: number) => (step: number) =>
    step % 97 === 0 ? undefined : level * (1 + 0.4 * Math.sin(step * 12.9898) * Math.cos(step * 78.233))
  const signals = signalsWith(
    group,
    {
      cpuAverage: noise(14),
      cpuMaximum: noise(19),
      memory: noise(40),
      networkIn: noise(3e6),
      networkOut: noise(9e6),
      requests: noise(80),
      responseTime: noise(140),
    },
    days,
  )
  const policy = policyOf()
  const catalogue = catalogueWith(0.4)
  const { advice } = plan({ group, signals, policy, catalogue, scored: unscored })
  return {
    at: at.toISOString(),
    group,
    policy,
    catalogue,
    signals,
    code: { kind: 'missing', why: 'none' },
    scored: unscored,
    advice,
  }
}

it('unpacks what was packed, every bit and every gap of the samples', () => {
  const inputs = inputsOver(14)
  const unpacked = unpackInputs(packInputs(inputs))
  expect(unpacked).toEqual(inputs)
  expect(inputs.advice.length).toBeGreaterThan(0)
})

it('notes the longest window in rows of less than 400 KB, and reads it back', async () => {
  const rows = new Map<string, number>()
  const clock = { now: () => at, sleep: async () => {} }
  const notebook = createLocalNotebook(clock)
  const counted = {
    ...notebook,
    write: async (key: string, value: unknown, expiresAt?: Date) => {
      rows.set(key, JSON.stringify(value).length)
      return notebook.write(key, value, expiresAt)
    },
  }
  const inputs = inputsOver(63)
  const packed = packInputs(inputs)
  const row = downOf({ evidence: { ...downOf().evidence, windowEndAt: packed.windowEndAt } })
  const deps = { notebook: counted, journal: createJournal('silent') }
  await noteInputs(deps, { recommendation: row, ...inputsToNote(packed), policy: policyOf(), at })
  expect(rows.size).toBeGreaterThan(2)
  for (const length of rows.values()) expect(length).toBeLessThan(400_000)
  expect((await readInputs(deps, row.changeId))?.inputs).toEqual(inputs)
})

it('notes the same advice once a day, new settings at once, and never inputs newer than the numbers', async () => {
  let writes = 0
  const notebook = createLocalNotebook({ now: () => at, sleep: async () => {} })
  const counted = {
    ...notebook,
    write: async (key: string, value: unknown, expiresAt?: Date) => {
      writes += 1
      return notebook.write(key, value, expiresAt)
    },
  }
  const deps = { notebook: counted, journal: createJournal('silent') }
  const packed = packInputs(inputsOver(14))
  const row = downOf({ evidence: { ...downOf().evidence, windowEndAt: packed.windowEndAt } })
  const writesFor = async (recommendation: Recommendation, inputs: PackedInputs, when: Date) => {
    writes = 0
    await noteInputs(deps, { recommendation, ...inputsToNote(inputs), policy: policyOf(), at: when })
    return writes > 0
  }
  const later = (hours: number) => new Date(at.getTime() + hours * 3_600_000)
  expect(await writesFor(downOf(), packed, at)).toBe(false)
  expect(await writesFor(row, packed, at)).toBe(true)
  expect(await writesFor(row, { ...packed, at: later(1).toISOString() }, later(1))).toBe(false)
  expect(await writesFor({ ...row, to: { minSize: 4 } }, packed, later(1))).toBe(true)
  expect(await writesFor({ ...row, to: { minSize: 4 } }, packed, later(25))).toBe(true)
})

it('keeps them for longer than a no holds', async () => {
  const kept: (Date | undefined)[] = []
  const notebook = createLocalNotebook({ now: () => at, sleep: async () => {} })
  const watched = { ...notebook, write: async (_key: string, _value: unknown, until?: Date) => void kept.push(until) }
  const packed = packInputs(inputsOver(14))
  const recommendation = downOf({ evidence: { ...downOf().evidence, windowEndAt: packed.windowEndAt } })
  const policy = policyOf({ pullRequests: { ...policyOf().pullRequests, declinedDays: 1000 } })
  const deps = { notebook: watched, journal: createJournal('silent') }
  await noteInputs(deps, { recommendation, ...inputsToNote(packed), policy, at })
  const days = kept.map((until) => ((until as Date).getTime() - at.getTime()) / 86_400_000)
  expect(days.every((count) => count > 1000)).toBe(true)
})

function inputsToNote(packed: PackedInputs) {
  return { windowEndAt: packed.windowEndAt, packed: () => packed }
}
