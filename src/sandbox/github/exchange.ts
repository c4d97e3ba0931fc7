/** One HTTP request as the stand-in sees it. `path` has no query; header names are lower case. */
export interface Call {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

/** One HTTP answer, whole. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

/** A JSON object whose fields nobody promised. */
export type JsonObject = Readonly<Record<string, unknown>>

const JSON_TYPE = 'application/json; charset=utf-8'

/** An answer with a JSON body. */
export function jsonAnswer(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers: { 'content-type': JSON_TYPE, ...headers }, body: Buffer.from(JSON.stringify(value)) }
}

/** One entry of the `errors` list that GitHub sends with a 422. */
export interface FieldProblem {
  readonly resource: string
  readonly code: string
  readonly field?: string
  readonly message?: string
}

/** An error in the shape GitHub gives it. */
export function problem(status: number, message: string, errors: readonly FieldProblem[] = []): Answer {
  const documentation_url = 'https://docs.github.com/rest'
  return jsonAnswer(status, {
    message,
    ...(errors.length > 0 ? { errors } : {}),
    documentation_url,
    status: `${status}`,
  })
}

/** The 422 for a field that GitHub does not accept. */
export function invalid(resource: string, code: string, field?: string, message?: string): Answer {
  const entry = {
    resource,
    code,
    ...(field === undefined ? {} : { field }),
    ...(message === undefined ? {} : { message }),
  }
  return problem(422, 'Validation Failed', [entry])
}

/** The JSON object of a request; an empty or unreadable body is `{}`. */
export function bodyOf(call: Call): JsonObject {
  const value = parseJson(call.body)
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {}
}

/** The same call with another JSON body. */
export function withBody(call: Call, value: unknown): Call {
  return { ...call, body: Buffer.from(JSON.stringify(value)) }
}

/** Parsed JSON, or undefined where the bytes are none. */
export function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return undefined
  }
}

/** The JSON body of an answer; the caller names the shape that this route gives. */
export function jsonOf<T>(answer: Answer): T {
  return JSON.parse(answer.body.toString('utf8')) as T
}

/** One page of a list with GitHub's `Link` header; `per_page` is 30 unless asked, at most 100. */
export function paged(
  call: Call,
  baseUrl: string,
  items: readonly unknown[],
  wrap?: (page: readonly unknown[]) => unknown,
): Answer {
  const size = Math.min(100, Math.max(1, Number(call.query.get('per_page') ?? 30) || 30))
  const page = Math.max(1, Number(call.query.get('page') ?? 1) || 1)
  const last = Math.max(1, Math.ceil(items.length / size))
  const link = (to: number, rel: string) => {
    const query = new URLSearchParams(call.query)
    query.set('page', `${to}`)
    return `<${baseUrl}${call.path}?${query}>; rel="${rel}"`
  }
  const links = [
    ...(page < last ? [link(page + 1, 'next'), link(last, 'last')] : []),
    ...(page > 1 ? [link(1, 'first'), link(page - 1, 'prev')] : []),
  ]
  const slice = items.slice((page - 1) * size, page * size)
  return jsonAnswer(200, wrap ? wrap(slice) : slice, links.length > 0 ? { link: links.join(', ') } : {})
}
