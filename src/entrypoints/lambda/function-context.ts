import type { Deadline } from '../../ports.js'
import type { FunctionSize } from '../../workflows/usage/note-usage.js'

/** What Lambda tells about an invocation, as far as the functions read it. */
export interface FunctionContext {
  readonly functionName: string
  /** Names this instance of the function. */
  readonly logStreamName: string
  /** The same in each try of one asynchronous invocation. */
  readonly awsRequestId: string
  /** A number as text. */
  readonly memoryLimitInMB?: string
  getRemainingTimeInMillis(): number
}

/** Lambda's limit less the time that the step in hand and the end of the run may take. */
export function deadlineOf(context: Pick<FunctionContext, 'getRemainingTimeInMillis'>, reserveMs: number): Deadline {
  return { leftMs: () => Math.max(0, context.getRemainingTimeInMillis() - reserveMs) }
}

/** What Lambda bills time by; undefined where the runtime does not say. */
export function sizeOf({ memoryLimitInMB }: Pick<FunctionContext, 'memoryLimitInMB'>): FunctionSize | undefined {
  const memoryMb = Number(memoryLimitInMB)
  return Number.isFinite(memoryMb) ? { memoryMb } : undefined
}
