import type { GetCostAndUsageCommandInput, ResultByTime } from '@aws-sdk/client-cost-explorer'
import type { CostLine, CostPoint, CostReport } from '../../core/model/cost.js'
import { TrimtabError } from '../../core/model/errors.js'
import { dayMs } from '../../core/model/units.js'
import type { CostSource } from '../../ports.js'
import { factOf, listIn } from './answers.js'
import type { AwsClients } from './clients.js'
import { itemsOf, pagesOf } from './pages.js'

const call = 'ce:GetCostAndUsage'

/** What is paid, commitments' fees on the day they are charged; blended cost averages over an organisation. */
const METRIC = 'UnblendedCost'
const DAYS = 60
/** As far back as Cost Explorer keeps months unless an account pays for more: the same month a year ago is among them. */
const MONTHS = 13
/** The breakdowns cover these last days. */
const BREAKDOWN_DAYS = 30
/** Cost Explorer completes a day within about 48 hours. */
const SETTLING_DAYS = 2

type Filter = NonNullable<GetCostAndUsageCommandInput['Filter']>

const ec2Filter: Filter = {
  Dimensions: { Key: 'SERVICE', Values: ['Amazon Elastic Compute Cloud - Compute', 'EC2 - Other'] },
}

/** Cost Explorer's view of one account, in four requests ($0.01 for each page of them). */
export function createCostSource(clients: AwsClients): CostSource {
  return { read: (account, now) => factOf(readReport(clients, account, now)) }
}

async function readReport(clients: AwsClients, account: string, now: Date): Promise<CostReport> {
  const today = dayOf(now)
  const tomorrow = dayOf(new Date(now.getTime() + dayMs))
  const recent = { Start: daysBefore(now, BREAKDOWN_DAYS), End: today }
  const byMonth = { Granularity: 'MONTHLY', TimePeriod: { Start: monthsBefore(now, MONTHS), End: tomorrow } } as const
  const { months, narrowed } = await readMonths(clients, byMonth, account)
  const ofAccount = narrowed ? { Filter: accountFilter(account) } : {}
  const ofEc2: Filter = narrowed ? { And: [accountFilter(account), ec2Filter] } : ec2Filter
  const [days, services, usageTypes] = await Promise.all([
    ask(clients, { Granularity: 'DAILY', TimePeriod: { Start: daysBefore(now, DAYS), End: today }, ...ofAccount }),
    ask(clients, { Granularity: 'MONTHLY', TimePeriod: recent, ...ofAccount, GroupBy: groupedBy('SERVICE') }),
    ask(clients, { Granularity: 'MONTHLY', TimePeriod: recent, Filter: ofEc2, GroupBy: groupedBy('USAGE_TYPE') }),
  ])
  const dayPoints = pointsOf(days)
  const scope = narrowed ? `account ${account}` : 'everything that the credentials see'
  return {
    account,
    readAt: now.toISOString(),
    months: pointsOf(months),
    days: dayPoints,
    byService: linesOf(services),
    byUsageType: linesOf(usageTypes),
    filter: `${scope}, unblended cost; services and EC2 usage types of the last ${BREAKDOWN_DAYS} days`,
    settledUntil: settledUntil(dayPoints, now),
  }
}

/**
 * An organisation's main account sees all its accounts, so the cost is narrowed to ours. Implementations that do not know
 * that filter are asked without it, and the report says so.
 */
async function readMonths(
  clients: AwsClients,
  input: Omit<GetCostAndUsageCommandInput, 'Metrics'>,
  account: string,
): Promise<{ readonly months: readonly ResultByTime[]; readonly narrowed: boolean }> {
  try {
    return { months: await ask(clients, { ...input, Filter: accountFilter(account) }), narrowed: true }
  } catch (error) {
    if (!(error instanceof TrimtabError) || (error.code !== 'internal' && error.code !== 'unsupported')) throw error
    return { months: await ask(clients, input), narrowed: false }
  }
}

function accountFilter(account: string): Filter {
  return { Dimensions: { Key: 'LINKED_ACCOUNT', Values: [account] } }
}

async function ask(
  clients: AwsClients,
  input: Omit<GetCostAndUsageCommandInput, 'Metrics'>,
): Promise<readonly ResultByTime[]> {
  const costExplorer = await clients.costExplorer()
  const pages = pagesOf(
    call,
    (token) => costExplorer.getCostAndUsage({ ...input, Metrics: [METRIC], NextPageToken: token }),
    (page) => page.NextPageToken,
  )
  return itemsOf(pages, (page) => listIn(call, page, 'ResultsByTime'))
}

function groupedBy(Key: 'SERVICE' | 'USAGE_TYPE'): GetCostAndUsageCommandInput['GroupBy'] {
  return [{ Type: 'DIMENSION', Key }]
}

/** A period without a total is left out: it is not a free one. */
function pointsOf(results: readonly ResultByTime[]): readonly CostPoint[] {
  const points = results.flatMap((result) => {
    const day = result.TimePeriod?.Start?.slice(0, 10)
    const usd = amount(result.Total?.[METRIC]?.Amount)
    return day === undefined || usd === undefined ? [] : [{ day, usd }]
  })
  return points.sort((a, b) => a.day.localeCompare(b.day))
}

/** Summed over the periods, dearest first. */
function linesOf(results: readonly ResultByTime[]): readonly CostLine[] {
  const sums = new Map<string, number>()
  for (const group of results.flatMap((result) => result.Groups ?? [])) {
    const name = group.Keys?.[0]
    const usd = amount(group.Metrics?.[METRIC]?.Amount)
    if (name !== undefined && usd !== undefined) sums.set(name, (sums.get(name) ?? 0) + usd)
  }
  return [...sums].map(([name, usd]) => ({ name, usd })).sort((a, b) => b.usd - a.usd || a.name.localeCompare(b.name))
}

function amount(text: string | undefined): number | undefined {
  if (text === undefined || text.trim() === '') return undefined
  const usd = Number(text)
  return Number.isFinite(usd) ? usd : undefined
}

function settledUntil(days: readonly CostPoint[], now: Date): string {
  const latest = daysBefore(now, SETTLING_DAYS)
  return days.map(({ day }) => day).findLast((day) => day <= latest) ?? latest
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10)
}

function daysBefore(now: Date, days: number): string {
  return dayOf(new Date(now.getTime() - days * dayMs))
}

function monthsBefore(now: Date, months: number): string {
  return dayOf(new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 1)))
}
