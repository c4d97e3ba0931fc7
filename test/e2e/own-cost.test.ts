import { afterEach, expect, it } from '@jest/globals'
import { dayMs, hourMs } from '../../src/core/model/units.js'
import { noteUsage } from '../../src/workflows/usage/note-usage.js'
import { readOwnCost } from '../../src/workflows/usage/own-cost.js'
import { closeCompanies, startCompany } from './start-company.js'

afterEach(closeCompanies)

it('runs count what they used as AWS saw it, and the day after next it is known what Trimtab costs', async () => {
  const company = await startCompany()
  const { deps, sandbox } = company
  const run = async () => {
    const own = await company.another()
    return noteUsage(own, () => company.run(own), { memoryMb: 512 })
  }
  await run()
  const first = await deps.usage.read('2026-11-23')
  const calls = sandbox.calls()
  expect(first).toMatchObject({
    'cloudwatch:metricsRequested': sandbox.metrics().requested,
    'cloudwatch:GetMetricData': calls['cloudwatch:GetMetricData'],
    'autoscaling:DescribeAutoScalingGroups': calls['autoscaling:DescribeAutoScalingGroups'],
    'lambda:invocations': 1,
  })
  expect(first?.['dynamodb:readUnits']).toBeGreaterThan(1)
  expect(first?.['dynamodb:writeUnits']).toBeGreaterThan(10)

  expect(await readOwnCost(deps)).toBeUndefined()
  await deps.clock.sleep(dayMs)
  await run()
  await deps.clock.sleep(hourMs)
  await run()
  await deps.clock.sleep(dayMs)
  const cost = await readOwnCost(deps)
  expect(cost).toMatchObject({ days: 1 })
  expect(cost?.of).toContain('metrics read')
}, 240_000)
