import { AwsError } from '../aws/aws-error.js'
import type { Caller, Operations } from '../aws/operation.js'
import { paginate } from '../aws/paginate.js'
import type { World } from '../world/world.js'
import { type Members, numberOf, recordsOf, textOf } from './read-members.js'

interface LogEvent {
  readonly timestamp: number
  readonly message: string
  readonly ingestionTime: number
}

/** CloudWatch Logs: groups, streams and their events. */
export function logOperations(world: World): Operations {
  const groups = new Map<string, { readonly createdAtMs: number; readonly streams: Map<string, LogEvent[]> }>()
  const keyOf = (input: Members, caller: Caller): string =>
    `${caller.account}/${caller.region}/${textOf(input, 'logGroupName') ?? ''}`
  const groupOf = (input: Members, caller: Caller) => {
    const group = groups.get(keyOf(input, caller))
    if (group === undefined) throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.')
    return group
  }
  const streamOf = (input: Members, caller: Caller): LogEvent[] => {
    const stream = groupOf(input, caller).streams.get(textOf(input, 'logStreamName') ?? '')
    if (stream === undefined)
      throw new AwsError('ResourceNotFoundException', 'The specified log stream does not exist.')
    return stream
  }
  return {
    'logs:CreateLogGroup': (input, caller) => {
      const key = keyOf(input, caller)
      if (groups.has(key)) {
        throw new AwsError('ResourceAlreadyExistsException', 'The specified log group already exists')
      }
      groups.set(key, { createdAtMs: world.now(), streams: new Map() })
    },
    'logs:CreateLogStream': (input, caller) => {
      const { streams } = groupOf(input, caller)
      const name = textOf(input, 'logStreamName') ?? ''
      if (streams.has(name)) {
        throw new AwsError('ResourceAlreadyExistsException', 'The specified log stream already exists')
      }
      streams.set(name, [])
    },
    'logs:PutLogEvents': (input, caller) => {
      const stream = streamOf(input, caller)
      for (const event of recordsOf(input, 'logEvents')) {
        const timestamp = numberOf(event, 'timestamp') ?? world.now()
        stream.push({ timestamp, message: textOf(event, 'message') ?? '', ingestionTime: world.now() })
      }
      return { nextSequenceToken: String(stream.length) }
    },
    'logs:GetLogEvents': (input, caller) => {
      const page = paginate(streamOf(input, caller), { token: textOf(input, 'nextToken'), limit: 10_000 })
      return { events: page.items, nextForwardToken: page.nextToken }
    },
    'logs:FilterLogEvents': (input, caller) => {
      const prefix = textOf(input, 'logStreamNamePrefix') ?? ''
      const [from, until] = [numberOf(input, 'startTime'), numberOf(input, 'endTime')]
      const events = [...groupOf(input, caller).streams]
        .filter(([logStreamName]) => logStreamName.startsWith(prefix))
        .flatMap(([logStreamName, stream]) =>
          stream.map((event, at) => ({ ...event, logStreamName, eventId: `${logStreamName}-${at}` })),
        )
        .filter(
          ({ timestamp }) => (from === undefined || timestamp >= from) && (until === undefined || timestamp < until),
        )
        .sort((a, b) => a.timestamp - b.timestamp)
      const page = paginate(events, {
        token: textOf(input, 'nextToken'),
        limit: numberOf(input, 'limit') ?? 10_000,
      })
      return { events: page.items, searchedLogStreams: [], nextToken: page.nextToken }
    },
    'logs:DescribeLogGroups': (input, caller) => {
      const prefix = `${caller.account}/${caller.region}/`
      const wanted = `${prefix}${textOf(input, 'logGroupNamePrefix') ?? ''}`
      const found = [...groups].filter(([key]) => key.startsWith(wanted)).sort(([a], [b]) => (a < b ? -1 : 1))
      const page = paginate(found, { token: textOf(input, 'nextToken'), limit: numberOf(input, 'limit') ?? 50 })
      return {
        logGroups: page.items.map(([key, { createdAtMs }]) => {
          const logGroupName = key.slice(prefix.length)
          const arn = `arn:aws:logs:${caller.region}:${caller.account}:log-group:${logGroupName}:*`
          return { logGroupName, arn, creationTime: createdAtMs, metricFilterCount: 0, storedBytes: 0 }
        }),
        nextToken: page.nextToken,
      }
    },
  }
}
