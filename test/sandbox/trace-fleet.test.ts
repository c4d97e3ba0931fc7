import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from '@jest/globals'
import { traceFleet, traceFleetFiles } from '../../src/sandbox/trace-fleet.js'

const folder = mkdtempSync(join(tmpdir(), 'traces-'))
afterAll(() => rmSync(folder, { recursive: true }))

it('gives each file a group and a folder of its own, where names differ only in what a group cannot be called', () => {
  const text = 'timestamp,value\n2026-01-05T00:00:00Z,1\n2026-01-05T00:05:00Z,2\n'
  for (const file of ['web (1).csv', 'web [1].csv', 'jobs.csv']) writeFileSync(join(folder, file), text)
  const groups = traceFleet(folder)
  expect(groups.map(({ name }) => name)).toEqual(['trace-jobs', 'trace-web--1-', 'trace-web--1---2'])
  expect(traceFleetFiles(groups).size).toBe(4)
})
