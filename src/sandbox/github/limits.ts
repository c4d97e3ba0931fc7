import { type Answer, invalid, type JsonObject, problem } from './exchange.js'

/**
 * GitHub's limits in characters, by route and field (REST reference: issues, pulls, comments, labels, check runs).
 * Only what a caller can run into by writing too much; `emulate` has no limits.
 */
const LIMITS: readonly (readonly [RegExp, readonly string[], number])[] = [
  [/\/(issues|pulls)(\/\{\w+\})?(\/comments|\/reviews)?$|\/issues\/comments\/\{\w+\}$/, ['body'], 65_536],
  [/\/(issues|pulls)(\/\{\w+\})?$/, ['title'], 256],
  [/\/check-runs(\/\{\w+\})?$/, ['output', 'summary'], 65_535],
  [/\/check-runs(\/\{\w+\})?$/, ['output', 'text'], 65_535],
  [/\/labels(\/\{name\})?$/, ['name'], 50],
  [/\/labels(\/\{name\})?$/, ['description'], 100],
]

const ANNOTATIONS_IN_A_CALL = 50

/** What git forbids in the name of a reference (git-check-ref-format). */
const BAD_REFERENCE = /[\s~^:?*[\\]|\.\.|\/\/|@\{|\.lock(\/|$)|\/\.|[./]$/

/** GitHub's 422 for a body that is too much, or a reference that git would not take; undefined where all is well. */
export function overLimit(route: string, body: JsonObject): Answer | undefined {
  for (const [pattern, field, most] of LIMITS) {
    const text = field.reduce<unknown>((value, name) => (value as JsonObject | undefined)?.[name], body)
    if (typeof text !== 'string' || !pattern.test(route) || [...text].length <= most) continue
    const name = field.join('.')
    return invalid('Issue', 'custom', name, `${name} is too long (maximum is ${most} characters)`)
  }
  if (route.endsWith('/git/refs') && BAD_REFERENCE.test(String(body.ref))) {
    return problem(422, `${body.ref} is not a valid ref name.`)
  }
  const labels = Array.isArray(body.labels) ? body.labels.map((label) => String(label?.name ?? label)) : []
  if (labels.some((label) => [...label].length > 50)) return invalid('Label', 'custom', 'name')
  const annotations = (body.output as JsonObject | undefined)?.annotations
  const many = Array.isArray(annotations) && annotations.length > ANNOTATIONS_IN_A_CALL
  return many ? problem(422, `No more than ${ANNOTATIONS_IN_A_CALL} annotations in one request.`) : undefined
}
