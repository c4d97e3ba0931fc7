import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import dynalite from 'dynalite'
import { createDynamoLeases } from '../../src/adapters/dynamodb/leases.js'
import { createDynamoMetricHistory } from '../../src/adapters/dynamodb/metric-history.js'
import { createDynamoNotebook } from '../../src/adapters/dynamodb/notebook.js'
import { createDynamoRecommendations } from '../../src/adapters/dynamodb/recommendations.js'
import { createDynamoReports } from '../../src/adapters/dynamodb/reports.js'
import { ensureTable } from '../../src/adapters/dynamodb/table.js'
import { createDynamoUsageRecord } from '../../src/adapters/dynamodb/usage-record.js'
import { createLocalLeases } from '../../src/adapters/local/table/leases.js'
import { createLocalMetricHistory } from '../../src/adapters/local/table/metric-history.js'
import { createLocalNotebook } from '../../src/adapters/local/table/notebook.js'
import { createLocalRecommendations } from '../../src/adapters/local/table/recommendations.js'
import { createLocalReports } from '../../src/adapters/local/table/reports.js'
import { createLocalUsageRecord } from '../../src/adapters/local/table/usage-record.js'
import type { Advice } from '../../src/core/model/recommendation.js'
import type { MetricHistory } from '../../src/ports/metric-history.js'
import type { UsageRecord } from '../../src/ports/usage.js'
import type { Clock, Leases, Notebook, Recommendations, Reports } from '../../src/ports.js'

/** A clock that moves when told. */
export interface HandClock extends Clock {
  advance(ms: number): void
}

export function handClock(startAt = '2026-11-24T00:00:00.000Z'): HandClock {
  let ms = Date.parse(startAt)
  return {
    now: () => new Date(ms),
    sleep: async (by) => {
      ms += by
    },
    advance: (by) => {
      ms += by
    },
  }
}

export interface TableWorld {
  readonly clock: HandClock
  readonly recommendations: Recommendations
  readonly leases: Leases
  readonly notebook: Notebook
  readonly history: MetricHistory
  readonly usage: UsageRecord
  readonly reports: Reports
}

/** A fresh, empty table behind the three ports, for each test. */
export interface TableImplementation {
  readonly name: string
  readonly open: () => Promise<TableWorld>
  readonly stop: () => Promise<void>
}

export function localTable(): TableImplementation {
  return {
    name: 'in memory',
    open: async () => {
      const clock = handClock()
      return {
        clock,
        recommendations: createLocalRecommendations(clock),
        leases: createLocalLeases(clock),
        notebook: createLocalNotebook(clock),
        history: createLocalMetricHistory(clock),
        usage: createLocalUsageRecord(),
        reports: createLocalReports(clock),
      }
    },
    stop: async () => {},
  }
}

/** A DynamoDB that listens on loopback, with clients to it. */
export async function startDynalite() {
  const server: Server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  })
  const documents = DynamoDBDocumentClient.from(client)
  const stop = async () => {
    client.destroy()
    server.closeAllConnections()
    server.close()
  }
  return { client, documents, stop }
}

export function dynamoTable(): TableImplementation {
  let started: ReturnType<typeof startDynalite> | undefined
  let count = 0
  return {
    name: 'on DynamoDB over HTTP',
    open: async () => {
      started ??= startDynalite()
      const { client, documents } = await started
      count += 1
      const tableName = `macro-ai-test-optimization-recommendations-${count}`
      await ensureTable(client, tableName)
      const clock = handClock()
      const access = { client: documents, tableName, clock }
      return {
        clock,
        recommendations: createDynamoRecommendations(access),
        leases: createDynamoLeases(access),
        notebook: createDynamoNotebook(access),
        history: createDynamoMetricHistory(access),
        usage: createDynamoUsageRecord(access),
        reports: createDynamoReports(access),
      }
    },
    stop: async () => {
      if (started) await (await started).stop()
    },
  }
}

/** Advice with every field set, evidence with a gap included. */
export function adviceOf(changes: Partial<Advice> = {}): Advice {
  return {
    type: 'SCALE_DOWN',
    priority: 'HIGH',
    property: 'minSize',
    groupKey: '123456789012/us-east-1/shop-web',
    environment: 'production',
    description: 'Lower the minimum from 8 to 5',
    from: { minSize: 8 },
    to: { minSize: 5 },
    monthlyUsd: 210.24,
    monthlyUsdRange: [180, 240],
    expectedImpact: { costSavings: 37.5, riskLevel: 'LOW' },
    implementation: { automated: false, steps: ['Merge the pull request', 'Watch'], estimatedDuration: '15 minutes' },
    evidence: {
      windowStartAt: '2026-11-10T00:00:00.000Z',
      windowEndAt: '2026-11-24T00:00:00.000Z',
      coveragePercent: 99.5,
      memory: 'measured',
      demandMargin: 1.15,
      proposed: {
        configuration: { instanceType: 'm5.large', minSize: 5, desiredCapacity: 5, maxSize: 12 },
        steps: 4032,
        instances: { lowest: 5, mean: 6.2, highest: 9 },
        cpu: { mean: 51.1, p995: 80.2, worst: 88.8, worstAt: '2026-11-20T12:00:00.000Z' },
        minutesAbove90: 0,
        minutesAbove100: 0,
        instanceHours: 2083.2,
        usdPerMonth: undefined,
        price: undefined,
        zoneLoss: { kind: 'survives' },
        loadToSurvived: 0.97,
        worstDay: { day: '2026-11-20', demand: [1.5, undefined, 2], capacity: [4, 4, 4] },
      },
      reproduce: 'trimtab backtest --group shop-web --set minSize=5',
      notes: [],
    },
    ...changes,
  }
}
