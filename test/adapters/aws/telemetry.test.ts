import { expect, test } from '@jest/globals'
import { createTelemetry } from '../../../src/adapters/aws/telemetry.js'
import type { MetricPoint } from '../../../src/ports.js'
import { region, standIn } from './stand-in.js'

const at = new Date('2026-11-24T12:00:00Z')

function point(name: string, value: number): MetricPoint {
  return {
    name,
    value,
    unit: 'None',
    dimensions: { Environment: 'production' },
  }
}

test('metrics go out a thousand at a time, with their unit, time and dimensions', async () => {
  const sizes: number[] = []
  let first: unknown
  const { clients } = await standIn({
    'cloudwatch:PutMetricData': (input) => {
      const metrics = input.MetricData as readonly unknown[]
      first ??= metrics[0]
      sizes.push(metrics.length)
    },
  })
  const points = Array.from({ length: 1_001 }, (_, index) => point(`M${index}`, index))
  await createTelemetry(clients, { region, topics: {} }).publish('MacroAI/Optimization', at, points)
  expect(sizes).toEqual([1_000, 1])
  expect(first).toEqual({
    MetricName: 'M0',
    Value: 0,
    Unit: 'None',
    Timestamp: at,
    Dimensions: [{ Name: 'Environment', Value: 'production' }],
  })
})

test('a value that is no number is not published, and nothing at all makes no call', async () => {
  const { clients, server } = await standIn({ 'cloudwatch:PutMetricData': () => undefined })
  const telemetry = createTelemetry(clients, { region, topics: {} })
  await telemetry.publish('N', at, [point('Score', Number.NaN)])
  expect(server.calls.get('cloudwatch:PutMetricData')).toBeUndefined()
})

test('a message carries a subject that SNS takes, its text and its filled attributes', async () => {
  const sent: Readonly<Record<string, unknown>>[] = []
  const { clients } = await standIn({
    'sns:Publish': (input) => {
      sent.push(input)
      return { MessageId: 'm' }
    },
  })
  const topics = { costAlert: `arn:aws:sns:${region}:123456789012:cost` }
  const telemetry = createTelemetry(clients, { region, topics })
  await telemetry.announce('costAlert', `Über\nbudget ${'x'.repeat(200)}`, 'the text', { kind: 'cost', empty: '' })
  await telemetry.announce('performanceAlert', 'nobody listens', 'the text', {})
  expect(sent).toHaveLength(1)
  expect(sent[0]).toMatchObject({
    TopicArn: topics.costAlert,
    Message: 'the text',
    MessageAttributes: { kind: { DataType: 'String', StringValue: 'cost' } },
  })
  expect(String(sent[0]?.Subject)).toMatch(/^ber budget x+\.\.\.$/)
  expect(String(sent[0]?.Subject)).toHaveLength(100)
})
