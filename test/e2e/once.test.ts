import { afterEach, describe, expect, it } from '@jest/globals'
import { closeCompanies, effectsOf, loudCalls, startCompany } from './start-company.js'

afterEach(closeCompanies)

const fleet = ['overProvisioned', 'saturated', 'computedValue', 'failingScaleUp'] as const

describe('two runs on one world', () => {
  it('one after the other: the second changes nothing that anybody could notice', async () => {
    const company = await startCompany({ roles: fleet })
    await company.run()
    const first = await effectsOf(company)
    expect(first.pages.map(([, title]) => title)).toEqual([
      'kestrel-storefront: minimum 8 → 2, saves $355 a month',
      'kestrel-checkout-api: keep capacity 6 in the code, applied live',
      'kestrel-pricing: minimum 6 → 2, saves $443 a month, by hand',
    ])
    expect(company.sizes('kestrel-checkout-api')).toEqual({ min: 4, desired: 6 })

    const before = company.sandbox.calls()
    const second = await company.run(await company.another())

    expect(second.faults).toEqual([])
    expect(second.applied).toEqual([])
    expect(second.proposed).toEqual([])
    expect(loudCalls(company, before)).toEqual([])
    expect(await effectsOf(company)).toEqual(first)
  }, 240_000)
})
