/** Groups that share one demand. */
const variants = 8

interface Query {
  readonly Id: string
  readonly MetricStat: {
    readonly Metric: {
      readonly MetricName: string
      readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[]
    }
    readonly Stat: string
    readonly Period: number
  }
}

interface Request {
  readonly StartTime: number
  readonly EndTime: number
  readonly MetricDataQueries: readonly Query[]
}

const texts = new Map<string, string>()

/** GetMetricData with a point for each step, every answer made of texts that were made once. */
export function answerMetricData(body: string): string {
  const { StartTime, EndTime, MetricDataQueries } = JSON.parse(body) as Request
  const results = MetricDataQueries.map(({ Id, MetricStat }) => {
    const { Metric, Stat, Period } = MetricStat
    const variant = variantOf(Metric.Dimensions[0]?.Value ?? '')
    const steps = Math.floor((EndTime - StartTime) / Period)
    const times = once(`${StartTime} ${steps} ${Period}`, () => list(steps, (step) => StartTime + step * Period))
    const values = once(`${Metric.MetricName} ${Stat} ${variant} ${StartTime} ${steps}`, () =>
      list(steps, (step) => valueAt(Metric.MetricName, Stat, variant, StartTime / Period + step)),
    )
    return `{"Id":"${Id}","Label":"${Metric.MetricName}","Timestamps":${times},"Values":${values},"StatusCode":"Complete"}`
  })
  return `{"MetricDataResults":[${results.join(',')}],"Messages":[]}`
}

function once(key: string, make: () => string): string {
  const made = texts.get(key) ?? make()
  texts.set(key, made)
  return made
}

function list(steps: number, at: (step: number) => number): string {
  return `[${Array.from({ length: steps }, (_, step) => at(step)).join(',')}]`
}

function variantOf(name: string): number {
  return Number(/\d+/.exec(name)?.[0] ?? 0) % variants
}

const levels: Readonly<Record<string, number>> = {
  CPUUtilization: 35,
  mem_used_percent: 50,
  NetworkIn: 3e7,
  NetworkOut: 9e7,
  TargetResponseTime: 0.12,
  RequestCount: 40_000,
}
const steady: Readonly<Record<string, number>> = {
  GroupInServiceInstances: 6,
  GroupDesiredCapacity: 6,
  GroupMaxSize: 20,
}

/**
 * A wave of a day with noise: means have all their digits, sums are whole numbers, and capacities stand still, as in
 * CloudWatch's own answers.
 */
function valueAt(metric: string, statistic: string, variant: number, step: number): number {
  const level = levels[metric]
  if (level === undefined) return steady[metric] ?? 0
  const wave = 1 + 0.4 * Math.sin((step / 288) * 2 * Math.PI + variant)
  const noise = 0.9 + 0.2 * fraction(Math.sin(step * 12.9898 + variant * 78.233) * 43758.5453)
  const value = level * wave * noise * (statistic === 'Maximum' ? 1.3 : 1)
  return statistic === 'Sum' ? Math.round(value) : value
}

function fraction(value: number): number {
  return value - Math.floor(value)
}
