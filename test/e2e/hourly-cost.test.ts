import { expect, it } from '@jest/globals'
import { groupFor } from '../../src/sandbox/world/scenarios.js'
import { startCompany } from './start-company.js'

const usdPerInstance = 0.085
const roomForOne = `
mode: apply
environments:
  production:
    mode: apply
    costThresholds:
      maxHourlyCost: ${10.5 * usdPerInstance}
`

it('two runs at once never pass the hourly limit of an environment together', async () => {
  const one = groupFor('saturated', 1)
  const other = { ...one, name: 'kestrel-checkout-two', tags: { ...one.tags, Name: 'kestrel-checkout-two' } }
  const company = await startCompany({ groups: [one, other], config: roomForOne })
  await Promise.all([company.run(), company.run({ ...company.deps, owner: 'another run' })])
  const { decisions } = await company.run()

  const desired = [one, other].map(({ name }) => company.sizes(name).desired).sort()
  const rows = await company.deps.recommendations.list({ type: 'SCALE_UP' })
  await company.close()
  expect(desired).toEqual([4, 6])
  expect(rows.map(({ change }) => change.state).sort()).toEqual(['applied', 'recorded'])
  expect(decisions.map(({ decision }) => decision.reason)).toContain('hourly-cost-limit')
}, 20_000)
