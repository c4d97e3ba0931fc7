/**
 * Gives the stand-in another clock. `emulate` stamps everything with the wall clock; each write is remembered with the
 * wall-clock span it took and the virtual moment it stands for, and stamps inside a span are shown as that moment.
 */
export interface VirtualTime {
  /** Now, in whole seconds as GitHub writes it. */
  now(): string
  /** Runs a write; what it stamps will read as the virtual moment at which it began. Writes must not overlap. */
  during<T>(write: () => Promise<T>): Promise<T>
  /** The same JSON value with every stamp (`…_at` and `date`) that a write made, put into virtual time. */
  translate(value: unknown): unknown
}

interface Span {
  readonly from: number
  until: number
  readonly shown: string
}

const WITHOUT_MILLISECONDS = /\.\d{3}Z$/
const STAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

/** Virtual time on the given clock. */
export function createVirtualTime(clock: () => Date): VirtualTime {
  const spans: Span[] = []
  const now = () => clock().toISOString().replace(WITHOUT_MILLISECONDS, 'Z')
  const shown = (stamp: string) => {
    const at = Date.parse(stamp)
    const span = spans[lastIndexFrom(spans, at)]
    return span !== undefined && at <= span.until ? span.shown : stamp
  }
  const translate = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(translate)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, isStamp(key, inner) ? shown(inner) : translate(inner)]),
    )
  }
  return {
    now,
    translate,
    async during(write) {
      const previous = spans.at(-1)
      // Two writes within one millisecond could not be told apart by their stamps.
      while (previous !== undefined && Date.now() <= previous.until);
      const span: Span = { from: Date.now(), until: Number.POSITIVE_INFINITY, shown: now() }
      spans.push(span)
      try {
        return await write()
      } finally {
        span.until = Date.now()
      }
    },
  }
}

function isStamp(key: string, value: unknown): value is string {
  return (key.endsWith('_at') || key === 'date') && typeof value === 'string' && STAMP.test(value)
}

function lastIndexFrom(spans: readonly Span[], at: number): number {
  let low = 0
  let high = spans.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((spans[middle]?.from ?? Number.POSITIVE_INFINITY) <= at) low = middle + 1
    else high = middle
  }
  return low - 1
}
