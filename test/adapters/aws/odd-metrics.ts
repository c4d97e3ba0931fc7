import { answer, errorIn, type OddCall, page, type Reply } from './odd-endpoint.js'

interface Point {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly value: number | string | null
}

/** How a stand-in's CloudWatch answers GetMetricData. */
export interface MetricStyle {
  /** The only protocol that it knows; default both. */
  readonly only?: 'json' | 'query'
  /** What becomes of the points of a query that come in order and on the period. */
  readonly bend?: (points: readonly Point[]) => readonly Point[]
  /** A time as it stands in the answer; default: seconds since 1970 in JSON, UTC in XML. */
  readonly timeText?: (at: number) => string | number
  /** Queries that it can answer in one request; for more it takes for ever. */
  readonly most?: number
  /** Metrics that make it refuse the whole batch. */
  readonly refuses?: readonly string[]
  /** Metrics that it knows; default all that are asked for. */
  readonly knows?: readonly string[]
}

interface Query {
  readonly id: string
  readonly metric: string
  readonly statistic: string
}

interface Asked {
  readonly start: number
  readonly end: number
  readonly periodSeconds: number
  readonly queries: readonly Query[]
}

/** The level of each metric, on which a wave of a day lies. */
const levels: Readonly<Record<string, number>> = {
  CPUUtilization: 20,
  mem_used_percent: 40,
  NetworkIn: 3e6,
  NetworkOut: 3e6,
  GroupInServiceInstances: 6,
  GroupDesiredCapacity: 6,
  GroupMaxSize: 12,
}
const waving = ['CPUUtilization', 'mem_used_percent', 'NetworkIn', 'NetworkOut']

export function answerMetricData(call: OddCall, style: MetricStyle): Reply {
  if (style.only === 'json' && call.protocol === 'query') return errorIn('InvalidAction', 400)(call)
  if (style.only === 'query' && call.protocol === 'json') return page(404)
  const asked = call.protocol === 'json' ? askedInJson(call.json) : askedInForm(call.form)
  if (asked.queries.length > (style.most ?? Number.POSITIVE_INFINITY)) return { kind: 'silence' }
  if (asked.queries.some(({ metric }) => style.refuses?.includes(metric))) {
    return errorIn('ValidationError', 400)(call)
  }
  const results = asked.queries.map((query) => ({ query, points: pointsOf(query, asked, style) }))
  return call.protocol === 'json' ? jsonAnswer(results, style) : xmlAnswer(results, style)
}

function pointsOf({ metric, statistic }: Query, asked: Asked, style: MetricStyle): readonly Point[] {
  const level = levels[metric]
  if (level === undefined || (style.knows && !style.knows.includes(metric))) return []
  const points: Point[] = []
  for (let at = asked.start; at < asked.end; at += asked.periodSeconds * 1000) {
    const wave = waving.includes(metric) ? 1 + 0.4 * Math.sin(((at % 86_400_000) / 86_400_000) * 2 * Math.PI) : 1
    points.push({ at, value: level * wave * (statistic === 'Maximum' ? 1.1 : 1) })
  }
  return style.bend ? style.bend(points) : points
}

type Results = readonly { readonly query: Query; readonly points: readonly Point[] }[]

function jsonAnswer(results: Results, { timeText = (at) => at / 1000 }: MetricStyle): Reply {
  const MetricDataResults = results.map(({ query, points }) => ({
    Id: query.id,
    Label: query.metric,
    Timestamps: points.map(({ at }) => timeText(at)),
    Values: points.map(({ value }) => value),
  }))
  return answer(JSON.stringify({ MetricDataResults }), 200, 'application/x-amz-json-1.0')
}

function xmlAnswer(results: Results, { timeText = (at) => new Date(at).toISOString() }: MetricStyle): Reply {
  const list = (items: readonly unknown[]) => items.map((item) => `<member>${item}</member>`).join('')
  const members = results.map(
    ({ query, points }) =>
      `<Id>${query.id}</Id><Timestamps>${list(points.map(({ at }) => timeText(at)))}</Timestamps><Values>${list(points.map(({ value }) => value))}</Values>`,
  )
  return answer(
    `<GetMetricDataResponse><GetMetricDataResult><MetricDataResults>${list(members)}</MetricDataResults></GetMetricDataResult></GetMetricDataResponse>`,
  )
}

interface JsonQuery {
  readonly Id: string
  readonly MetricStat: {
    readonly Metric: { readonly MetricName: string }
    readonly Period: number
    readonly Stat: string
  }
}

function askedInJson(json: OddCall['json']): Asked {
  const queries = json.MetricDataQueries as readonly JsonQuery[]
  return {
    start: Number(json.StartTime) * 1000,
    end: Number(json.EndTime) * 1000,
    periodSeconds: queries[0]?.MetricStat.Period ?? 300,
    queries: queries.map(({ Id, MetricStat }) => ({
      id: Id,
      metric: MetricStat.Metric.MetricName,
      statistic: MetricStat.Stat,
    })),
  }
}

function askedInForm(form: URLSearchParams): Asked {
  const queries: Query[] = []
  for (let n = 1; form.has(`MetricDataQueries.member.${n}.Id`); n += 1) {
    const at = `MetricDataQueries.member.${n}`
    queries.push({
      id: form.get(`${at}.Id`) ?? '',
      metric: form.get(`${at}.MetricStat.Metric.MetricName`) ?? '',
      statistic: form.get(`${at}.MetricStat.Stat`) ?? '',
    })
  }
  return {
    start: Date.parse(form.get('StartTime') ?? ''),
    end: Date.parse(form.get('EndTime') ?? ''),
    periodSeconds: Number(form.get('MetricDataQueries.member.1.MetricStat.Period')),
    queries,
  }
}
