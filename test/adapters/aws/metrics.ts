import type { MetricDataQuery, MetricDataResult } from '@aws-sdk/client-cloudwatch'
import { known } from '../../../src/core/model/fact.js'
import type { Group } from '../../../src/core/model/group.js'
import type { Policy } from '../../../src/core/model/policy.js'
import type { SeriesSpan } from '../../../src/core/model/series.js'
import type { Operation } from '../../../src/sandbox/aws/operation.js'
import { groupWith } from '../../support/group.js'
import { policyOf } from '../../support/policy.js'
import { account, region } from './stand-in.js'

export const window: SeriesSpan = { startAt: '2026-11-20T00:00:00.000Z', periodSeconds: 300, steps: 12 }

/** Every group has production's policy as shipped: only its metric names matter to a reader of series. */
export function policyOfGroup(): Policy {
  return policyOf()
}

/** A group of that name in the stand-in's account, without instances or load balancers. */
export function groupNamed(name: string, over: Partial<Group> = {}): Group {
  return groupWith({
    groupKey: `${account}/${over.region ?? region}/${name}`,
    account,
    region,
    name,
    instances: [],
    launch: known({ kind: 'launch-template', source: 'web', instanceType: 'm6i.large' }),
    ...over,
  })
}

export interface AskedQuery {
  readonly id: string
  readonly metric: string
  readonly statistic: string
  readonly dimensions: Readonly<Record<string, string>>
}

export type MetricAnswer = Omit<MetricDataResult, 'Id'>

/** GetMetricData that answers each query with `answer`. */
export function metricData(
  answer: (query: AskedQuery, input: Readonly<Record<string, unknown>>) => MetricAnswer,
): Operation {
  return (input) => ({
    MetricDataResults: queriesOf(input).map((query) => ({ Id: query.id, ...answer(query, input) })),
  })
}

export function queriesOf(input: Readonly<Record<string, unknown>>): readonly AskedQuery[] {
  return (input.MetricDataQueries as readonly MetricDataQuery[]).map((query) => ({
    id: query.Id ?? '',
    metric: query.MetricStat?.Metric?.MetricName ?? '',
    statistic: query.MetricStat?.Stat ?? '',
    dimensions: Object.fromEntries((query.MetricStat?.Metric?.Dimensions ?? []).map((one) => [one.Name, one.Value])),
  }))
}

/** A value at each step of the window. */
export function flat(value: number): MetricAnswer {
  const start = Date.parse(window.startAt)
  const steps = Array.from({ length: window.steps }, (_, step) => step)
  return {
    StatusCode: 'Complete',
    Timestamps: steps.map((step) => new Date(start + step * window.periodSeconds * 1000)),
    Values: steps.map(() => value),
  }
}
