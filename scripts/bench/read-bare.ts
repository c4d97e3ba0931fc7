import { Agent, request } from 'node:http'
import type { Floor } from './reading.js'

/** The ten series of a group behind a load balancer, as the reader asks for them. */
const metrics = [
  ['CPUUtilization', 'Average'],
  ['CPUUtilization', 'Maximum'],
  ['mem_used_percent', 'Average'],
  ['NetworkIn', 'Sum'],
  ['NetworkOut', 'Sum'],
  ['GroupInServiceInstances', 'Average'],
  ['GroupDesiredCapacity', 'Average'],
  ['GroupMaxSize', 'Average'],
  ['TargetResponseTime', 'p90'],
  ['RequestCount', 'Sum'],
] as const
const period = 300
const agent = new Agent({ keepAlive: true })

/**
 * The floor: the bytes of each group's series over a kept connection, through JSON.parse, and let go. First two weeks of
 * points, then four hours of them and the kept days, whose texts are decoded. Requests are as full as the limits allow.
 */
export async function readBare(url: string, at: Date): Promise<Floor> {
  const end = Math.floor(at.getTime() / 1000 / period) * period
  let firstBytes = 0
  const firstMs = await timed(2, async (round) => {
    firstBytes = await readPoints(url, { end, steps: 4032, from: round * 2, groups: 2 })
  })
  const nextMs = await timed(batch, async (round) => {
    await readPoints(url, { end, steps: 48, from: round * batch, groups: batch })
    await readDays(url, end, round * batch)
  })
  return { firstMs, nextMs, firstKb: firstBytes / 2 / 1024 }
}

const batch = 25
/** Groups that are read: as many in both, after a fifth of them to warm up. */
const measured = 200

/** CPU for each group, `groups` in a round. */
async function timed(groups: number, read: (round: number) => Promise<void>): Promise<number> {
  const rounds = measured / groups
  for (let round = 0; round < rounds / 5; round += 1) await read(round)
  const began = process.cpuUsage()
  for (let round = 0; round < rounds; round += 1) await read(round)
  const { user, system } = process.cpuUsage(began)
  return (user + system) / 1000 / measured
}

interface Points {
  readonly end: number
  readonly steps: number
  readonly from: number
  readonly groups: number
}

/** The bytes of the answer. */
async function readPoints(url: string, { end, steps, from, groups }: Points): Promise<number> {
  const queries = Array.from({ length: groups }, (_, index) =>
    metrics.map(([MetricName, Stat], metric) => ({
      Id: `q${index}_${metric}`,
      MetricStat: {
        Metric: { MetricName, Dimensions: [{ Name: 'AutoScalingGroupName', Value: `group-${from + index}` }] },
        Period: period,
        Stat,
      },
    })),
  )
  const body = { StartTime: end - steps * period, EndTime: end, MetricDataQueries: queries.flat() }
  const answer = await post(url, 'GraniteServiceVersion20100801.GetMetricData', JSON.stringify(body))
  JSON.parse(answer)
  return answer.length
}

const kept = 15
const rowsAtOnce = 100

async function readDays(url: string, end: number, from: number): Promise<void> {
  const keys = Array.from({ length: batch * kept }, (_, index) => ({
    id: { S: `metrics#123456789012/us-east-1/group-${from + Math.floor(index / kept)}` },
    timestamp: { S: new Date((end - (index % kept) * 86_400) * 1000).toISOString().slice(0, 10) },
  }))
  for (let start = 0; start < keys.length; start += rowsAtOnce) {
    const body = JSON.stringify({ RequestItems: { bench: { Keys: keys.slice(start, start + rowsAtOnce) } } })
    const answer = JSON.parse(await post(url, 'DynamoDB_20120810.BatchGetItem', body))
    for (const { bytes } of answer.Responses.bench) Buffer.from(bytes.B, 'base64')
  }
}

function post(url: string, target: string, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { 'x-amz-target': target, 'content-length': body.length }
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')))
      response.on('error', reject)
    })
    sent.on('error', reject)
    sent.end(body)
  })
}
