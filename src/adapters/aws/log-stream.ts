import { TrimtabError } from '../../core/model/errors.js'
import type { connectLogs } from './calls/logs.js'
import { connecting, type SurroundingsOptions, short } from './connection.js'

export interface LogLine {
  readonly atMs: number
  readonly text: string
}

export interface LogStream {
  readonly region: string
  readonly group: string
  /** Made where it is not there yet. */
  readonly name: string
}

export type Logs = (region: string) => Promise<ReturnType<typeof connectLogs>>

/** The logs that a function writes to, connected to when first asked for. */
export function logsIn(options: SurroundingsOptions): Logs {
  return connecting(short(options), async () => (await import('./calls/logs.js')).connectLogs)
}

/** Limits of PutLogEvents: bytes of one call with what is added to each line, lines of one call, bytes of one line. */
const limits = { callBytes: 1_000_000, addedBytes: 26, lines: 10_000, lineBytes: 250_000 } as const

/** Appends lines to a stream, in the order of their time, in as few calls as the API's limits allow. */
export async function appendToLogStream(
  logs: Logs,
  { region, group, name }: LogStream,
  lines: readonly LogLine[],
): Promise<void> {
  if (lines.length === 0) return
  const client = await logs(region)
  const target = { logGroupName: group, logStreamName: name }
  for (const call of callsOf(lines.toSorted((a, b) => a.atMs - b.atMs))) {
    const put = () =>
      client.putLogEvents({
        ...target,
        logEvents: call.map(({ atMs, text }) => ({ timestamp: atMs, message: fitting(text) })),
      })
    try {
      await put()
    } catch (error) {
      if (!(error instanceof TrimtabError) || error.code !== 'not-found') throw error
      await client.createLogStream(target)
      await put()
    }
  }
}

function callsOf(lines: readonly LogLine[]): readonly (readonly LogLine[])[] {
  const calls: LogLine[][] = []
  let bytes = Number.POSITIVE_INFINITY
  for (const line of lines) {
    const own = Math.min(Buffer.byteLength(line.text), limits.lineBytes) + limits.addedBytes
    const full = bytes + own > limits.callBytes || (calls.at(-1)?.length ?? 0) >= limits.lines
    if (full) {
      calls.push([])
      bytes = 0
    }
    calls.at(-1)?.push(line)
    bytes += own
  }
  return calls
}

/** Cut where it is too long; at a byte, so that a letter at the end may be lost. */
function fitting(text: string): string {
  if (Buffer.byteLength(text) <= limits.lineBytes) return text
  return Buffer.from(text).subarray(0, limits.lineBytes).toString('utf8')
}
