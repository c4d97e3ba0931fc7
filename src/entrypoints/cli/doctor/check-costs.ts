import type { GetCostAndUsageCommandInput, ResultByTime } from '@aws-sdk/client-cost-explorer'
import type { AwsClients } from '../../../adapters/aws/clients.js'
import { itemsOf, pagesOf } from '../../../adapters/aws/pages.js'
import { TrimtabError } from '../../../core/model/errors.js'
import { dayMs } from '../../../core/model/units.js'
import type { AwsAccess } from '../../wire-aws.js'
import { allowedWord, type Check, fail, ok, warn } from './check.js'

const call = 'ce:GetCostAndUsage'
const days = 10
/** Cost Explorer completes a day within about 48 hours; the running day is the third. */
const freshDays = 3
/** Auto Scaling puts it on every instance; Cost Explorer knows it once it is activated. */
const groupTag = 'aws:autoscaling:groupName'

/**
 * The three things that make costs wrong: no permission, old data, and a tag that is not activated. One request of Cost
 * Explorer, which costs $0.01 a page.
 */
export async function costChecks({ clients }: AwsAccess, now: Date): Promise<readonly Check[]> {
  try {
    const results = await readDays(clients, now)
    return [ok(call, allowedWord), freshness(results, now), allocation(results)]
  } catch (error) {
    if (!(error instanceof TrimtabError)) return [fail(call, error)]
    return [warn(call, error.message, 'Without it the weekly page has no account totals.')]
  }
}

async function readDays(clients: AwsClients, now: Date): Promise<readonly ResultByTime[]> {
  const costExplorer = await clients.costExplorer()
  const input: GetCostAndUsageCommandInput = {
    TimePeriod: { Start: dayOf(now.getTime() - days * dayMs), End: dayOf(now.getTime() + dayMs) },
    Granularity: 'DAILY',
    Metrics: ['UnblendedCost'],
    GroupBy: [{ Type: 'TAG', Key: groupTag }],
  }
  const pages = pagesOf(
    call,
    (token) => costExplorer.getCostAndUsage({ ...input, NextPageToken: token }),
    (page) => page.NextPageToken,
  )
  return itemsOf(pages, (page) => page.ResultsByTime ?? [])
}

function freshness(results: readonly ResultByTime[], now: Date): Check {
  const mend = 'Is Cost Explorer switched on (its first data take 24 hours), and does this account see its own costs?'
  const withCost = results.filter(({ Groups }) =>
    (Groups ?? []).some((group) => Number(group.Metrics?.UnblendedCost?.Amount) > 0),
  )
  const last = withCost
    .flatMap(({ TimePeriod }) => TimePeriod?.Start ?? [])
    .sort()
    .at(-1)
  if (last === undefined) return warn('cost data', `Cost Explorer has no cost in the last ${days} days`, mend)
  const old = Math.floor((now.getTime() - Date.parse(last)) / dayMs)
  if (old <= freshDays) return ok('cost data', `the last day with cost is ${last}`)
  return warn('cost data', `the last day with cost is ${last}, ${old} days ago; expected at most ${freshDays}`, mend)
}

function allocation(results: readonly ResultByTime[]): Check {
  const keys = results.flatMap(({ Groups }) => (Groups ?? []).flatMap((group) => group.Keys ?? []))
  const names = new Set(keys.map((key) => key.split('$')[1]).filter((name) => name !== undefined && name !== ''))
  if (names.size > 0) return ok('cost allocation tag', `${groupTag} divides cost over ${names.size} groups`)
  return warn(
    'cost allocation tag',
    `no cost carries ${groupTag}: costs by group are instance-hours × price`,
    'Activate the tag under Billing, Cost allocation tags, in the account that pays; it counts from the next day on.',
  )
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10)
}
