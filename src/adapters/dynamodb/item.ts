import type { Recommendation } from '../../core/model/recommendation.js'

/** A row as DynamoDB's document client gives and takes it. */
export type Item = Record<string, unknown>

/**
 * The row of a recommendation. `changeState` stands beside the nested change for outside tools. DynamoDB knows no
 * `undefined`: absent keys are left out, and an absent entry of a list becomes null.
 */
export function itemOf(row: Recommendation): Item {
  const packed = pack({ ...row, changeState: row.change.state })
  return packed as Item
}

/** The recommendation of a row, or undefined for a row that has no recommendation's shape. */
export function recommendationOf(item: Item): Recommendation | undefined {
  const { changeState: _, ...row } = unpack(item) as Item
  if (typeof row.id !== 'string' || typeof row.type !== 'string') return undefined
  return (row.changeId === undefined ? { ...foreign, ...row } : row) as unknown as Recommendation
}

/** What a row lacks that another tool wrote by the table's public shape: it is shown, and never acted on. */
const foreign: Partial<Recommendation> = {
  status: 'PENDING',
  groupKey: '',
  environment: '',
  property: 'capacity',
  from: {},
  to: {},
  changeId: '',
  generation: 0,
  change: { state: 'superseded', why: 'written by another tool: shown, never acted on' },
  revision: 0,
}

function pack(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((entry) => (entry === undefined ? null : pack(entry)))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, part]) => (part === undefined ? [] : [[key, pack(part)]])),
  )
}

function unpack(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((entry) => (entry === null ? undefined : unpack(entry)))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, unpack(part)]))
}
