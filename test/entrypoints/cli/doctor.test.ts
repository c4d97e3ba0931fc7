import { describe, expect, it, jest } from '@jest/globals'
import {
  answer,
  errorIn,
  groupMember,
  jsonError,
  listOf,
  type OddOptions,
  oddEndpoint,
  type Reply,
} from '../../adapters/aws/odd-endpoint.js'
import { trimtab } from './captured.js'

// Several seconds where the machine is busy.
jest.setTimeout(240_000)

/** What doctor says on such an endpoint, with Cost Explorer asked too. */
async function examined(options: OddOptions): Promise<string> {
  const { env } = await oddEndpoint(options)
  const { out } = await trimtab(['doctor', '--paid'], env)
  expect(out).not.toMatch(/internal fault|\n\s+at /)
  return out
}

const denied = errorIn('AccessDenied', 403)

describe('doctor on a world without recommendations names', () => {
  it('a denied permission and the grant (S93 a)', async () => {
    const out = await examined({ oddities: { 'autoscaling:DescribePolicies': denied } })
    expect(out).toContain('✗ autoscaling:DescribePolicies in us-east-1: autoscaling:DescribePolicies was denied')
    expect(out).toContain('grant autoscaling:DescribePolicies to the identity that Trimtab runs as')
  })

  it('metrics that are not there, and what brings them (S93 b)', async () => {
    const out = await examined({ metrics: { knows: ['CPUUtilization'] } })
    expect(out).toContain('✓ CPU metrics: all 1 groups in the last day')
    expect(out).toMatch(/! memory metrics: none in the last day for 1 of 1: web\n {4}Install the CloudWatch agent/)
    expect(out).toMatch(/! group metrics: none in the last day for 1 of 1: web\n {4}Switch on the group metrics/)
  })

  it('a group whose configuration is not whole (S93 c)', async () => {
    const out = await examined({ groups: [groupMember('web', { LaunchTemplate: undefined })] })
    expect(out).toContain('! facts: The group has no launch template and no launch configuration. (1 of 1 groups)')
  })
})

describe('doctor on a world where scaling does not work names', () => {
  it('groups that no policy can scale, and why (S94 a)', async () => {
    const suspended = '<member><ProcessName>AlarmNotification</ProcessName></member>'
    const groups = [groupMember('bare'), groupMember('held', { SuspendedProcesses: suspended })]
    const out = await examined({ groups })
    expect(out).toContain(
      '! scaling policies: none can act in 2 of 2: bare (no policy), held (AlarmNotification suspended)',
    )
    expect(out).toContain('Add a target tracking policy, switch it on, or resume the process')
  })

  it("the last activity that failed, in AWS's words (S94 b)", async () => {
    const activity = (status: string, more: string) =>
      `<ActivityId>a</ActivityId><StartTime>2026-11-23T09:00:00Z</StartTime><StatusCode>${status}</StatusCode>${more}`
    const activities = (first: string): Reply =>
      answer(
        `<DescribeScalingActivitiesResponse><DescribeScalingActivitiesResult>${listOf('Activities', [first, activity('Successful', '')])}</DescribeScalingActivitiesResult></DescribeScalingActivitiesResponse>`,
      )
    const asked = (first: string) =>
      examined({ oddities: { 'autoscaling:DescribeScalingActivities': () => activities(first) } })
    const failed = activity('Failed', '<StatusMessage>There is not enough capacity.</StatusMessage>')
    expect(await asked(failed)).toContain(
      '! scaling activities: the last one failed in 1 of 1: web (There is not enough capacity.)',
    )
    expect(await asked(activity('Successful', ''))).toContain(
      '✓ scaling activities: the last one of no group has failed',
    )
  })

  it('the permission that a live scale-up lacks, where a group asks for one (S94 c)', async () => {
    const tags = '<member><Key>trimtab:apply</Key><Value>true</Value></member>'
    const groups = [groupMember('web', { Tags: tags })]
    const out = await examined({ groups, oddities: { 'autoscaling:SetDesiredCapacity': denied } })
    expect(out).toContain('! live scale-up: autoscaling:SetDesiredCapacity was denied in us-east-1')
    const allowed = errorIn('ValidationError', 400)
    expect(await examined({ groups, oddities: { 'autoscaling:SetDesiredCapacity': allowed } })).toContain(
      '✓ live scale-up: autoscaling:SetDesiredCapacity is allowed, web asks for it',
    )
    expect(await examined({})).toContain('✓ live scale-up: no group carries trimtab:apply=true')
  })
})

describe('doctor on a world with wrong costs names', () => {
  /** Cost Explorer with one day, its cost by group. */
  const costOf = (day: string, byGroup: Readonly<Record<string, string>>) => ({
    'ce:GetCostAndUsage': (): Reply => {
      const Groups = Object.entries(byGroup).map(([name, Amount]) => ({
        Keys: [`aws:autoscaling:groupName$${name}`],
        Metrics: { UnblendedCost: { Amount, Unit: 'USD' } },
      }))
      const ResultsByTime = [{ TimePeriod: { Start: day, End: day }, Total: {}, Groups }]
      return answer(JSON.stringify({ ResultsByTime }), 200, 'application/x-amz-json-1.1')
    },
  })

  it('the permission of Cost Explorer (S95 a)', async () => {
    const out = await examined({ oddities: { 'ce:GetCostAndUsage': () => jsonError('AccessDeniedException', 400) } })
    expect(out).toContain('grant ce:GetCostAndUsage')
    expect(out).toContain('Without it the weekly page has no account totals.')
  })

  it('data that are old or missing (S95 b)', async () => {
    const old = await examined({ oddities: costOf('2026-11-16', { web: '12.5' }) })
    expect(old).toContain('! cost data: the last day with cost is 2026-11-16, 7 days ago; expected at most 3')
    const none = await examined({ oddities: costOf('2026-11-22', { '': '0' }) })
    expect(none).toContain('! cost data: Cost Explorer has no cost in the last 10 days')
  })

  it('an allocation tag that is not activated (S95 c)', async () => {
    const off = await examined({ oddities: costOf('2026-11-22', { '': '80' }) })
    expect(off).toContain('✓ cost data: the last day with cost is 2026-11-22')
    expect(off).toContain('! cost allocation tag: no cost carries aws:autoscaling:groupName')
    expect(off).toContain('Activate the tag under Billing, Cost allocation tags')
    const on = await examined({ oddities: costOf('2026-11-22', { '': '80', web: '20' }) })
    expect(on).toContain('✓ cost allocation tag: aws:autoscaling:groupName divides cost over 1 groups')
  })
})
