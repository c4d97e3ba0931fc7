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
 * The floor: the bytes of two weeks, and of four hours, of each group's series over a kept connection, through JSON.parse
 * and let go. Requests are as full as the limits allow.
 */
export async function readBare(url: string, at: Date): Promise<Floor> {
  const end = Math.floor(at.getTime() / 1000 / period) * period
  const first = { steps: 4032, groupsAtOnce: 2, rounds: 100 }
  const next = { steps: 48, groupsAtOnce: 50, rounds: 20 }
  return { firstMs: await timed(url, end, first), nextMs: await timed(url, end, next) }
}

interface Rounds {
  readonly steps: number
  readonly groupsAtOnce: number
  readonly rounds: number
}

async function timed(url: string, end: number, { steps, groupsAtOnce, rounds }: Rounds): Promise<number> {
  const bodyOf = (round: number) =>
    JSON.stringify({
      StartTime: end - steps * period,
      EndTime: end,
      MetricDataQueries: Array.from({ length: groupsAtOnce }, (_, index) =>
        metrics.map(([MetricName, Stat], metric) => ({
          Id: `q${index}_${metric}`,
          MetricStat: {
            Metric: { MetricName, Dimensions: [{ Name: 'g', Value: `group-${round * groupsAtOnce + index}` }] },
            Period: period,
            Stat,
          },
        })),
      ).flat(),
    })
  const warm = Math.ceil(rounds / 5)
  let began = process.cpuUsage()
  for (let round = -warm; round < rounds; round += 1) {
    if (round === 0) began = process.cpuUsage()
    JSON.parse(await post(url, bodyOf(Math.abs(round))))
  }
  const { user, system } = process.cpuUsage(began)
  return (user + system) / 1000 / (rounds * groupsAtOnce)
}

function post(url: string, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { 'x-amz-target': 'GraniteServiceVersion20100801.GetMetricData', 'content-length': body.length }
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
