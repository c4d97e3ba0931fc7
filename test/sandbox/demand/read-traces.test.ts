import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { percentileOf } from '../../../src/sandbox/demand/measure-series.js'
import { parseTrace } from '../../../src/sandbox/demand/parse-trace.js'
import { readTraces } from '../../../src/sandbox/demand/read-traces.js'
import { demandOfTrace } from '../../../src/sandbox/demand/trace.js'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'traces-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const startMs = Date.parse('2026-01-05T00:00:00Z')

function csv(values: readonly (number | undefined)[], periodSeconds = 300): string {
  const rows = values.flatMap((value, step) =>
    value === undefined ? [] : [`${new Date(startMs + step * periodSeconds * 1000).toISOString()},${value}`],
  )
  return `timestamp,value\n${rows.join('\n')}\n`
}

describe('readTraces', () => {
  it('reads plain and gzipped files in the order of their names', () => {
    writeFileSync(join(folder, 'b.csv.gz'), gzipSync(csv([1, 2, 3])))
    writeFileSync(join(folder, 'a.csv'), csv([4, 5]))
    writeFileSync(join(folder, 'notes.txt'), 'not a trace')
    const traces = readTraces(folder)
    expect(traces.map(({ id }) => id)).toEqual(['a', 'b'])
    expect([...(traces[1]?.values ?? [])]).toEqual([1, 2, 3])
  })

  it('skips companions of the index and takes its period', () => {
    writeFileSync(join(folder, 'cpu.csv'), csv([1, undefined, 3, undefined, 5]))
    writeFileSync(join(folder, 'memory.csv'), csv([1, 2]))
    const traces = [
      { file: 'cpu.csv', role: 'demand', periodSeconds: 300 },
      { file: 'memory.csv', role: 'companion' },
    ]
    writeFileSync(join(folder, 'index.json'), JSON.stringify({ traces }))
    const [cpu, ...others] = readTraces(folder)
    expect(others).toEqual([])
    expect(cpu?.periodSeconds).toBe(300)
    expect([...(cpu?.values ?? [])]).toEqual([1, Number.NaN, 3, Number.NaN, 5])
  })

  it('reads folders below too, with an index that is a bare list and names the plain file', () => {
    mkdirSync(join(folder, 'web'))
    writeFileSync(join(folder, 'web', 'cpu.csv.gz'), gzipSync(csv([1, 2], 600)))
    writeFileSync(join(folder, 'web', 'memory.csv'), csv([1, 2]))
    const list = [
      { file: 'web/cpu.csv', periodSeconds: 600 },
      { file: 'web/memory.csv', role: 'companion' },
    ]
    writeFileSync(join(folder, 'index.json'), JSON.stringify(list))
    expect(readTraces(folder)).toMatchObject([{ id: 'web/cpu', periodSeconds: 600 }])
  })

  it('says that a folder is missing, is a file or is empty', () => {
    expect(() => readTraces(join(folder, 'nowhere'))).toThrow('which does not exist')
    expect(() => readTraces(folder)).toThrow('found none')
    writeFileSync(join(folder, 'file'), '')
    expect(() => readTraces(join(folder, 'file'))).toThrow('which is not a folder')
  })

  it('says that a file is not gzip, and that an index is not JSON', () => {
    writeFileSync(join(folder, 'a.csv.gz'), 'plain')
    expect(() => readTraces(folder)).toThrow(/reading a\.csv\.gz: expected gzip/)
    writeFileSync(join(folder, 'index.json'), '{')
    expect(() => readTraces(folder)).toThrow(/reading index\.json: expected JSON/)
  })
})

describe('parseTrace', () => {
  it.each([
    ['time,load\n', 'line 1: expected the header "timestamp,value", got "time,load"'],
    [
      'timestamp,value\n2026-01-01T00:00:00Z,1\nyesterday,2\n',
      'line 3: expected an ISO 8601 time in UTC, got "yesterday"',
    ],
    ['timestamp,value\n2026-01-01T00:00:00Z,lots\n', 'line 2: expected a number not below 0, got "lots"'],
    ['timestamp,value\n2026-01-01T00:00:00Z,-3\n', 'line 2: expected a number not below 0, got "-3"'],
    ['timestamp,value\n2026-01-01T00:00:00Z,1,9\n', 'line 2: expected two columns'],
    ['timestamp,value\n2026-01-01T00:05:00Z,1\n2026-01-01T00:00:00Z,1\n', 'line 3: expected a time after'],
    ['timestamp,value\n', 'expected rows after the header'],
  ])('names file, line and value of a fault: %j', (text, message) => {
    expect(() => parseTrace('load.csv', text)).toThrow(message)
    expect(() => parseTrace('load.csv', text)).toThrow(/^reading load\.csv/)
  })

  it('refuses times off the grid of the period', () => {
    const text = 'timestamp,value\n2026-01-01T00:00:00Z,1\n2026-01-01T00:05:00Z,1\n2026-01-01T00:07:00Z,1\n'
    expect(() => parseTrace('load.csv', text, 300)).toThrow('line 4: expected a time on the 300 s grid')
  })

  it('takes the most frequent distance between rows for the period', () => {
    expect(parseTrace('a.csv', csv([1, 2, undefined, 4, 5], 3600)).periodSeconds).toBe(3600)
  })
})

describe('demandOfTrace', () => {
  it('puts P99 where it was asked for, keeps gaps and repeats whole weeks', () => {
    const values = Array.from({ length: 8 * 288 }, (_, step) => (step % 100 === 50 ? undefined : 10 + (step % 288)))
    const demand = demandOfTrace(parseTrace('a.csv', csv(values)), 0.7 * 16)
    const week = Array.from({ length: 7 * 288 }, (_, step) => demand(startMs + (288 + step) * 300_000))
    const known = Float64Array.from(week.filter((value) => !Number.isNaN(value))).sort()
    expect(percentileOf(known, 99)).toBeCloseTo(11.2, 9)
    expect(week.some(Number.isNaN)).toBe(true)
    expect(demand(startMs + 1000 * 300_000)).toBe(demand(startMs + 1000 * 300_000 + 7 * 86_400_000))
  })

  it('holds coarse samples over the five-minute steps', () => {
    const demand = demandOfTrace(
      parseTrace(
        'a.csv',
        csv(
          Array.from({ length: 48 }, (_, hour) => hour + 1),
          3600,
        ),
      ),
      10,
    )
    const hour = Array.from({ length: 12 }, (_, step) => demand(startMs + 5 * 3_600_000 + step * 300_000))
    expect(new Set(hour).size).toBe(1)
    expect(demand(startMs + 6 * 3_600_000)).toBeGreaterThan(hour[0] ?? Number.NaN)
  })

  it('gives a recording that is almost always idle its largest value as level', () => {
    const values = Array.from({ length: 2016 }, (_, step) => (step === 9 ? 5 : 0))
    expect(demandOfTrace(parseTrace('a.csv', csv(values)), 3)(startMs + 9 * 300_000)).toBe(3)
  })
})
