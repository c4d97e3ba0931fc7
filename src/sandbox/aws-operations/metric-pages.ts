import { AwsError } from '../aws/aws-error.js'
import type { Point } from './metric-statistics.js'

/** What one query of GetMetricData gives in full. */
export interface QueryResult {
  readonly id: string
  readonly label: string
  readonly points: readonly Point[]
}

/**
 * One page of GetMetricData: at most `limit` points over all results. A result that goes on on the next page says
 * `PartialData`, as AWS does; one without points comes on the first page.
 */
export function pageOfResults(results: readonly QueryResult[], limit: number, token: string | undefined) {
  const start = token === undefined ? 0 : offsetOf(token)
  const end = start + limit
  const total = results.reduce((sum, { points }) => sum + points.length, 0)
  let before = 0
  const page = results.flatMap((result) => {
    const first = before
    before += result.points.length
    const points = result.points.slice(Math.max(0, start - first), Math.max(0, end - first))
    if (points.length === 0 && !(result.points.length === 0 && start === 0)) return []
    return [
      {
        Id: result.id,
        Label: result.label,
        Timestamps: points.map(({ atMs }) => new Date(atMs)),
        Values: points.map(({ value }) => value),
        StatusCode: before > end ? 'PartialData' : 'Complete',
      },
    ]
  })
  return { MetricDataResults: page, NextToken: end < total ? tokenAt(end) : undefined, Messages: [] }
}

function tokenAt(offset: number): string {
  return Buffer.from(`points:${offset}`).toString('base64url')
}

function offsetOf(token: string): number {
  const [, digits] = /^points:(\d{1,9})$/.exec(Buffer.from(token, 'base64url').toString('utf8')) ?? []
  if (digits === undefined) throw new AwsError('InvalidNextToken', 'The token is not valid.')
  return Number(digits)
}
