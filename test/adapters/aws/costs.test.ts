import { expect, test } from '@jest/globals'
import { createCostSource } from '../../../src/adapters/aws/costs.js'
import { AwsError } from '../../../src/sandbox/aws/aws-error.js'
import type { Operation } from '../../../src/sandbox/aws/operation.js'
import { account, standIn } from './stand-in.js'

const now = new Date('2026-11-24T12:00:00Z')
const cost = (Amount: string) => ({ UnblendedCost: { Amount, Unit: 'USD' } })

interface Asked {
  readonly Granularity: string
  readonly TimePeriod: { readonly Start: string; readonly End: string }
  readonly GroupBy?: readonly { readonly Key: string }[]
  readonly NextPageToken?: string
}

function answerWith(asked: Asked[]): Operation {
  return (input) => {
    const request = input as unknown as Asked
    asked.push(request)
    const key = request.GroupBy?.[0]?.Key
    const period = (Start: string, End: string) => ({ TimePeriod: { Start, End }, Estimated: false })
    if (key !== undefined) {
      const groups = (cents: number) => [
        { Keys: [`${key} small`], Metrics: cost('1.5') },
        { Keys: [`${key} large`], Metrics: cost(String(cents)) },
      ]
      return {
        ResultsByTime: [
          { ...period('2026-10-25', '2026-11-01'), Groups: groups(10) },
          { ...period('2026-11-01', '2026-11-24'), Groups: groups(20) },
        ],
      }
    }
    if (request.Granularity === 'DAILY') {
      return {
        ResultsByTime: [
          { ...period('2026-11-22', '2026-11-23'), Total: cost('31') },
          { ...period('2026-11-21', '2026-11-22'), Total: {} },
          { ...period('2026-11-23', '2026-11-24'), Total: cost('4') },
        ],
      }
    }
    return {
      ResultsByTime: [
        { ...period('2026-10-01', '2026-11-01'), Total: cost('900.25') },
        { ...period('2026-11-01', '2026-11-25'), Total: cost('700') },
      ],
    }
  }
}

test('fourteen months, sixty days and two breakdowns take four requests', async () => {
  const asked: Asked[] = []
  const { clients } = await standIn({ 'ce:GetCostAndUsage': answerWith(asked) })
  const report = await createCostSource(clients).read(account, now)
  expect(
    asked.map((one) => [one.Granularity, one.GroupBy?.[0]?.Key, one.TimePeriod.Start, one.TimePeriod.End]).sort(),
  ).toEqual([
    ['DAILY', undefined, '2026-09-25', '2026-11-24'],
    ['MONTHLY', undefined, '2025-10-01', '2026-11-25'],
    ['MONTHLY', 'SERVICE', '2026-10-25', '2026-11-24'],
    ['MONTHLY', 'USAGE_TYPE', '2026-10-25', '2026-11-24'],
  ])
  expect(report).toMatchObject({
    kind: 'known',
    value: {
      account,
      months: [
        { day: '2026-10-01', usd: 900.25 },
        { day: '2026-11-01', usd: 700 },
      ],
      byService: [
        { name: 'SERVICE large', usd: 30 },
        { name: 'SERVICE small', usd: 3 },
      ],
      settledUntil: '2026-11-22',
    },
  })
})

test('a day without a total is absent, not free', async () => {
  const { clients } = await standIn({ 'ce:GetCostAndUsage': answerWith([]) })
  const report = await createCostSource(clients).read(account, now)
  expect(report.kind === 'known' && report.value.days).toEqual([
    { day: '2026-11-22', usd: 31 },
    { day: '2026-11-23', usd: 4 },
  ])
})

test('denied Cost Explorer is unknown with the permission named', async () => {
  const { clients } = await standIn({ 'ce:GetCostAndUsage': answerWith([]) }, [{ operation: 'ce:*', kind: 'denied' }])
  expect(await createCostSource(clients).read(account, now)).toEqual({
    kind: 'unknown',
    why: expect.stringContaining('grant ce:GetCostAndUsage'),
    failed: true,
  })
})

test('an implementation without the account filter is asked without it, and the report says so', async () => {
  const asked: Asked[] = []
  const { clients } = await standIn({
    'ce:GetCostAndUsage': (input, caller) => {
      if (JSON.stringify(input).includes('LINKED_ACCOUNT'))
        throw new AwsError('ValidationException', 'no such dimension', 400)
      return answerWith(asked)(input, caller)
    },
  })
  const report = await createCostSource(clients).read(account, now)
  expect(report.kind === 'known' && report.value.filter).toContain('everything that the credentials see')
  expect(asked).toHaveLength(4)
})
