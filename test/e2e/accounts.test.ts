import { afterEach, describe, expect, it } from '@jest/globals'
import { groupFor } from '../../src/sandbox/world/scenarios.js'
import type { Pass } from '../../src/workflows/pass/pass.js'
import { closeCompanies, startCompany } from './start-company.js'

afterEach(closeCompanies)

const member = '222222222222'
const roleIn = (account: string, role: string) => `arn:aws:iam::${account}:role/trimtab-${role}`
const reading = (account: string) => ({ account, regions: ['us-east-1'], roleArn: roleIn(account, 'read') })
const applying = (account: string) => ({
  ...reading(account),
  applyRoleArn: roleIn(account, 'apply'),
  externalId: 'of-kestrel',
})

async function start(accounts: readonly object[]) {
  const groups = [{ ...groupFor('saturated', 1), account: member }, groupFor('wellSized', 1)]
  const environment = { TRIMTAB_ACCOUNTS: JSON.stringify(accounts), TRIMTAB_REGIONS: 'us-east-1' }
  return startCompany({ groups, environment })
}

function holdsOf({ decisions }: Pass) {
  return decisions.flatMap(({ decision }) => (decision.kind === 'hold' ? [decision] : []))
}

describe('several accounts', () => {
  it('raises each group with the role of its own account', async () => {
    const company = await start([applying(member)])
    const pass = await company.run()
    expect(pass.faults).toEqual([])
    expect(pass.groups.map(({ group }) => group.account)).toEqual(['123456789012', member])
    expect(pass.applied).toEqual([expect.objectContaining({ result: 'succeeded', from: 4, to: 6 })])
  }, 240_000)

  it('goes on where one cannot be reached, and adds nothing, for its groups may spend the limit', async () => {
    const company = await start([applying(member), reading('333333333333')])
    const pass = await company.run()
    expect(pass.groups).toHaveLength(2)
    expect(pass.faults.map(({ scope }) => scope)).toEqual(['333333333333/us-east-1'])
    expect(pass.faults[0]?.error.message).toContain('sts:AssumeRole')
    expect(pass.applied).toEqual([])
    expect(holdsOf(pass)).toContainEqual(
      expect.objectContaining({ reason: 'fact-unknown', detail: expect.stringContaining('333333333333') }),
    )
  }, 240_000)

  it('holds in an account where no role may change groups, with the way out', async () => {
    const company = await start([reading(member)])
    const pass = await company.run()
    expect(pass.applied).toEqual([])
    expect(pass.faults).toEqual([])
    expect(holdsOf(pass)).toContainEqual(
      expect.objectContaining({ reason: 'fact-unknown', detail: expect.stringContaining('applyRoleArn') }),
    )
    expect(company.sizes('kestrel-checkout-api').desired).toBe(4)
  }, 240_000)
})
