/** What of an alarm's properties its evaluation needs. */
export interface AlarmRule {
  readonly ComparisonOperator: string
  readonly Threshold: number
  readonly Period: number
  readonly EvaluationPeriods: number
  readonly DatapointsToAlarm?: number
  readonly Statistic: string
  readonly TreatMissingData?: string
}

/** A value published at a second since the epoch. */
export interface PublishedPoint {
  readonly at: number
  readonly value: number
}

/** Whether an alarm is in ALARM at a moment, by the last whole periods before it. Missing periods: `missing` or `breaching`. */
export function isInAlarm(rule: AlarmRule, points: readonly PublishedPoint[], now: number): boolean {
  const end = Math.floor(now / rule.Period) * rule.Period
  const periods = Array.from({ length: rule.EvaluationPeriods }, (_, back) => {
    const from = end - (back + 1) * rule.Period
    return points.filter(({ at }) => at >= from && at < from + rule.Period).map(({ value }) => value)
  })
  const breaching = periods.filter((values) => breaches(rule, values))
  return breaching.length >= (rule.DatapointsToAlarm ?? rule.EvaluationPeriods)
}

function breaches(
  { ComparisonOperator, Threshold, Statistic, TreatMissingData }: AlarmRule,
  values: readonly number[],
) {
  if (values.length === 0) return TreatMissingData === 'breaching'
  const value = statistics[Statistic]?.(values)
  const compare = comparisons[ComparisonOperator]
  if (value === undefined || !compare) throw new Error(`evaluating an alarm: ${Statistic}, ${ComparisonOperator}`)
  return compare(value, Threshold)
}

const statistics: Readonly<Record<string, (values: readonly number[]) => number>> = {
  Average: (values) => values.reduce((sum, value) => sum + value, 0) / values.length,
  Sum: (values) => values.reduce((sum, value) => sum + value, 0),
  SampleCount: (values) => values.length,
}

const comparisons: Readonly<Record<string, (value: number, threshold: number) => boolean>> = {
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  GreaterThanThreshold: (value, threshold) => value > threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
}
