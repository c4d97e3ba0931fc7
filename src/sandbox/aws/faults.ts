import { matchingQueryIds } from './metric-queries.js'

/** The ways in which the stand-in can misbehave. What each does to a call is said at `FaultRule`. */
export const faultKinds = [
  'throttle',
  'denied',
  'serverError',
  'slow',
  'cutConnection',
  'cutAfterEffect',
  'errorPage',
  'unsupported',
  'partialData',
  'invalidQueryInBatch',
] as const

export type FaultKind = (typeof faultKinds)[number]

/**
 * Which calls misbehave, and how. `operation` is `service:Operation`, `service:*` or `*`; of the calls that match, each
 * `everyNth` (default: each one) is struck, at most `times` in all (default: without end).
 * throttle, denied, serverError, unsupported: the service's own error, without effect. slow: waits `delayMs` (250), then
 * answers well. cutConnection: the socket is destroyed before the operation runs; cutAfterEffect: after it ran.
 * errorPage: an HTML page with `httpStatus` (500). partialData: one MetricDataResult is `statusCode` (PartialData with half
 * its points, or InternalError with none) and has Messages. invalidQueryInBatch: ValidationError for the whole batch.
 * `query` chooses a metric query by its id, metric name, namespace, a dimension's value or a part of its expression:
 * needed by invalidQueryInBatch; partialData without it strikes the first result. Both concern GetMetricData only.
 */
export interface FaultRule {
  readonly operation: string
  readonly kind: FaultKind
  readonly times?: number
  readonly everyNth?: number
  readonly query?: string
  readonly delayMs?: number
  readonly httpStatus?: number
  readonly statusCode?: 'PartialData' | 'InternalError'
}

/** A rule that strikes the call at hand. */
export type Fault = FaultRule

/** What a rule can look at: the call's names and its input, SDK-shaped. */
export interface FaultCall {
  readonly service: string
  readonly operation: string
  readonly region: string
  readonly input: Readonly<Record<string, unknown>>
}

/** The rules in force. `next` is asked once for each call, counts it, and gives the first rule that strikes. */
export interface Faults {
  set(rule: FaultRule): void
  clear(): void
  next(call: FaultCall): Fault | undefined
}

interface CountedRule {
  readonly rule: FaultRule
  seen: number
  struck: number
}

/** Starts with the given rules. A rule of the same operation, kind and query takes the earlier one's place, counts anew. */
export function createFaults(rules: readonly FaultRule[] = []): Faults {
  let counted: readonly CountedRule[] = []
  const faults: Faults = {
    set(rule) {
      refuseBadRule(rule)
      counted = [...counted.filter((other) => !sameTarget(other.rule, rule)), { rule, seen: 0, struck: 0 }]
    },
    clear() {
      counted = []
    },
    next(call) {
      return counted.filter((one) => matches(one.rule, call)).find(strikes)?.rule
    },
  }
  for (const rule of rules) faults.set(rule)
  return faults
}

function refuseBadRule(rule: FaultRule): void {
  if (!faultKinds.includes(rule.kind)) {
    throw new Error(`setting a fault: expected kind ${faultKinds.join(', ')}, got "${rule.kind}"`)
  }
  if (rule.kind === 'invalidQueryInBatch' && rule.query === undefined) {
    throw new Error('setting a fault: invalidQueryInBatch expects a query to choose, got none')
  }
  for (const count of [rule.times, rule.everyNth]) {
    if (count !== undefined && !(Number.isInteger(count) && count >= 1)) {
      throw new Error(`setting a fault: expected times and everyNth to be whole numbers from 1, got ${count}`)
    }
  }
}

function sameTarget(a: FaultRule, b: FaultRule): boolean {
  return a.operation === b.operation && a.kind === b.kind && a.query === b.query
}

function matches(rule: FaultRule, call: FaultCall): boolean {
  const names = ['*', `${call.service}:*`, `${call.service}:${call.operation}`]
  if (!names.includes(rule.operation)) return false
  if (rule.kind !== 'partialData' && rule.kind !== 'invalidQueryInBatch') return true
  if (call.service !== 'cloudwatch' || call.operation !== 'GetMetricData') return false
  return matchingQueryIds(call.input, rule.query).length > 0
}

function strikes(one: CountedRule): boolean {
  one.seen += 1
  if (one.struck >= (one.rule.times ?? Number.POSITIVE_INFINITY)) return false
  if (one.seen % (one.rule.everyNth ?? 1) !== 0) return false
  one.struck += 1
  return true
}
