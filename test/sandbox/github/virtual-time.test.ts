import { expect, test } from '@jest/globals'
import { createVirtualTime } from '../../../src/sandbox/github/virtual-time.js'

test('only stamps that a write made are put into virtual time', async () => {
  let now = new Date('2026-01-05T06:00:00.500Z')
  const time = createVirtualTime(() => now)
  const stamp = await time.during(async () => new Date().toISOString())
  now = new Date('2026-02-01T00:00:00Z')
  const later = await time.during(async () => new Date().toISOString())
  const others = { title: stamp, due_at: '2026-01-01T00:00:00.000Z', closed_at: null, count: 3 }
  expect(time.translate([{ created_at: stamp, commit: { date: later }, ...others }])).toEqual([
    { created_at: '2026-01-05T06:00:00Z', commit: { date: '2026-02-01T00:00:00Z' }, ...others },
  ])
  expect(time.now()).toBe('2026-02-01T00:00:00Z')
})
