import { afterEach, describe, expect, it } from '@jest/globals'
import { closeCompanies, startCompany } from './start-company.js'

afterEach(closeCompanies)

describe('a run that died before its live write', () => {
  it('is finished by the next before it looks at the group, so that nothing is advised twice', async () => {
    const company = await startCompany({ roles: ['saturated'] })
    await company.fault({ operation: 'autoscaling:UpdateAutoScalingGroup', kind: 'denied', times: 1 })
    const first = await company.run()
    expect(first.faults).toHaveLength(1)
    expect(company.sizes('kestrel-checkout-api')).toEqual({ min: 4, desired: 4 })

    const second = await company.run(await company.another())

    expect(second.applied).toEqual([expect.objectContaining({ from: 4, to: 6, result: 'succeeded' })])
    expect(second.recommendations.map(({ change }) => change.state)).toEqual(['applied'])
    expect(second.decisions.map(({ decision }) => decision.kind)).toEqual(['hold'])
  }, 240_000)
})
