import {
  AutoScalingClient,
  DescribeAutoScalingGroupsCommand,
  SetDesiredCapacityCommand,
} from '@aws-sdk/client-auto-scaling'
import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch'
import { CostExplorerClient, GetTagsCommand } from '@aws-sdk/client-cost-explorer'
import { DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2'
import { expect, test } from '@jest/globals'
import { createFaults, type FaultRule } from '../../../src/sandbox/aws/faults.js'
import { clientFor, failure, started } from './started.js'

const at = (minute: number) => new Date(Date.UTC(2026, 10, 23, 10, minute))

async function faulty(rule: FaultRule) {
  const desired: unknown[] = []
  const faults = createFaults([rule])
  const server = await started({
    faults,
    operations: {
      'autoscaling:DescribeAutoScalingGroups': () => ({ AutoScalingGroups: [] }),
      'autoscaling:SetDesiredCapacity': (input) => {
        desired.push(input.DesiredCapacity)
      },
      'ec2:DescribeInstances': () => ({}),
      'ce:GetTags': () => ({ Tags: [], ReturnSize: 0, TotalSize: 0 }),
      'cloudwatch:GetMetricData': (input) => ({
        MetricDataResults: (input.MetricDataQueries as { Id: string }[]).map(({ Id }) => ({
          Id,
          StatusCode: 'Complete',
          Timestamps: [at(0), at(5), at(10), at(15)],
          Values: [1, 2, 3, 4],
        })),
      }),
    },
  })
  const config = clientFor(server)
  const scaling = new AutoScalingClient(config)
  return {
    server,
    faults,
    desired,
    describe: () => scaling.send(new DescribeAutoScalingGroupsCommand({})),
    set: (capacity: number) =>
      scaling.send(new SetDesiredCapacityCommand({ AutoScalingGroupName: 'a', DesiredCapacity: capacity })),
    instances: () => new EC2Client(config).send(new DescribeInstancesCommand({})),
    tags: () =>
      new CostExplorerClient(config).send(
        new GetTagsCommand({ TimePeriod: { Start: '2026-11-01', End: '2026-12-01' } }),
      ),
    metrics: (...ids: readonly string[]) =>
      new CloudWatchClient(config).send(
        new GetMetricDataCommand({
          MetricDataQueries: ids.map((Id) => ({
            Id,
            MetricStat: { Metric: { Namespace: 'AWS/EC2', MetricName: `Of${Id}` }, Period: 300, Stat: 'Average' },
          })),
          StartTime: at(0),
          EndTime: at(20),
        }),
      ),
  }
}

test.each([
  ['throttle', ['Throttling', 400], ['RequestLimitExceeded', 503], ['ThrottlingException', 400]],
  ['denied', ['AccessDenied', 403], ['UnauthorizedOperation', 403], ['AccessDeniedException', 400]],
  ['serverError', ['InternalFailure', 500], ['InternalError', 500], ['InternalServerError', 500]],
  ['unsupported', ['InvalidAction', 400], ['InvalidAction', 400], ['UnknownOperationException', 400]],
] as const)('%s is said with the code and status of each service', async (kind, scaling, ec2, json) => {
  const world = await faulty({ operation: '*', kind })
  const codes = await Promise.all(
    [world.describe(), world.instances(), world.tags()].map(async (call) => {
      const error = await failure(call)
      return [error.name, error.$metadata?.httpStatusCode]
    }),
  )
  expect(codes).toEqual([scaling, ec2, json])
})

test('a denial names the action that is missing', async () => {
  const world = await faulty({ operation: 'autoscaling:DescribeAutoScalingGroups', kind: 'denied' })
  const error = await failure(world.describe())
  expect(error.message).toContain('is not authorized to perform: autoscaling:DescribeAutoScalingGroups')
})

test('a rule strikes only its operation, only each nth call, and only so many times', async () => {
  const world = await faulty({ operation: 'autoscaling:Describe*', kind: 'throttle' })
  await world.describe()
  world.faults.clear()
  world.faults.set({ operation: 'autoscaling:*', kind: 'throttle', everyNth: 2, times: 2 })
  const outcomes: string[] = []
  for (let call = 0; call < 7; call += 1) {
    outcomes.push(
      await world.describe().then(
        () => 'fine',
        (error: Error) => error.name,
      ),
    )
  }
  expect(outcomes).toEqual(['fine', 'Throttling', 'fine', 'Throttling', 'fine', 'fine', 'fine'])
  expect(await world.instances()).toBeDefined()
})

test('the SDK’s own retries get past a throttle that ends', async () => {
  const world = await faulty({ operation: 'autoscaling:*', kind: 'throttle', times: 1 })
  const client = new AutoScalingClient({ ...clientFor(world.server), maxAttempts: 3 })
  const output = await client.send(new DescribeAutoScalingGroupsCommand({}))
  expect(output.$metadata.attempts).toBe(2)
  expect(world.server.calls.get('autoscaling:DescribeAutoScalingGroups')).toBe(2)
})

test('a cut connection has no effect, a cut after the effect has one, and both leave the caller without an answer', async () => {
  const world = await faulty({ operation: '*', kind: 'cutConnection', times: 1 })
  expect((await failure(world.set(4))).message).toMatch(/socket hang up|ECONNRESET/)
  expect(world.desired).toEqual([])
  world.faults.set({ operation: '*', kind: 'cutAfterEffect', times: 1 })
  expect((await failure(world.set(5))).message).toMatch(/socket hang up|ECONNRESET/)
  expect(world.desired).toEqual([5])
  await world.set(6)
  expect(world.desired).toEqual([5, 6])
})

test('a slow answer is overtaken by a later one, but whole', async () => {
  const world = await faulty({ operation: 'autoscaling:*', kind: 'slow', delayMs: 60, times: 1 })
  const order: string[] = []
  const slow = world.describe().then((output) => order.push(`slow: ${output.AutoScalingGroups?.length} groups`))
  const arrived = () => world.server.calls.get('autoscaling:DescribeAutoScalingGroups') === 1
  while (!arrived()) await world.instances()
  await world.describe().then(() => order.push('fast'))
  await slow
  expect(order).toEqual(['fast', 'slow: 0 groups'])
})

test('an error page is HTML, not an AWS answer', async () => {
  const world = await faulty({ operation: 'autoscaling:*', kind: 'errorPage', httpStatus: 404 })
  const error = await failure(world.describe())
  expect(error.$metadata?.httpStatusCode).toBe(404)
  world.faults.set({ operation: 'ce:*', kind: 'errorPage' })
  expect(await failure(world.tags())).toBeInstanceOf(SyntaxError)
})

test('one bad query refuses the whole batch, and batches without it are well', async () => {
  const world = await faulty({ operation: '*', kind: 'invalidQueryInBatch', query: 'Ofb' })
  const error = await failure(world.metrics('a', 'b'))
  expect([error.name, error.$metadata?.httpStatusCode]).toEqual(['ValidationException', 400])
  expect((await world.metrics('a', 'c')).MetricDataResults).toHaveLength(2)
  await world.describe()
})

test('partial data cuts one result short and says so', async () => {
  const world = await faulty({ operation: '*', kind: 'partialData', query: 'b', times: 1 })
  const partial = (await world.metrics('a', 'b')).MetricDataResults ?? []
  expect(partial.map((result) => [result.StatusCode, result.Values, result.Messages?.length])).toEqual([
    ['Complete', [1, 2, 3, 4], undefined],
    ['PartialData', [1, 2], 1],
  ])
  world.faults.set({ operation: 'cloudwatch:GetMetricData', kind: 'partialData', statusCode: 'InternalError' })
  const failed = (await world.metrics('a', 'b')).MetricDataResults ?? []
  expect(failed.map((result) => [result.StatusCode, result.Values])).toEqual([
    ['InternalError', []],
    ['Complete', [1, 2, 3, 4]],
  ])
})

test('a rule that cannot work is refused when it is set', () => {
  const faults = createFaults()
  const set = (rule: unknown) => () => faults.set(rule as FaultRule)
  expect(set({ operation: '*', kind: 'explode' })).toThrow('expected kind throttle')
  expect(set({ operation: '*', kind: 'invalidQueryInBatch' })).toThrow('expects a query')
  expect(set({ operation: '*', kind: 'throttle', everyNth: 0 })).toThrow('whole numbers from 1')
})
