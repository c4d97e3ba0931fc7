/** A statement of an identity policy with its references resolved. */
export interface Statement {
  readonly Effect: 'Allow' | 'Deny'
  readonly Action: string | readonly string[]
  readonly Resource: string | readonly string[]
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>
}

/** One call as IAM sees it. `context` holds condition keys; a key that is not there is not in the request. */
export interface AskedCall {
  readonly action: string
  readonly resource: string
  readonly context?: Readonly<Record<string, string>>
}

export type Verdict = 'allowed' | 'denied' | 'explicitly denied'

/** What IAM decides on identity policies alone: an explicit deny wins, and what nothing allows is denied. */
export function decideCall(statements: readonly Statement[], call: AskedCall): Verdict {
  const meeting = statements.filter((statement) => meets(statement, call))
  if (meeting.some(({ Effect }) => Effect === 'Deny')) return 'explicitly denied'
  return meeting.some(({ Effect }) => Effect === 'Allow') ? 'allowed' : 'denied'
}

const known: ReadonlySet<string> = new Set(['Sid', 'Effect', 'Action', 'Resource', 'Condition'])

/** Anything that is not understood is a fault, never a no. */
function meets(statement: Statement, { action, resource, context = {} }: AskedCall): boolean {
  const strange = Object.keys(statement).filter((key) => !known.has(key))
  if (strange.length > 0) throw new Error(`evaluating a statement: ${strange.join(', ')} is not understood`)
  return (
    listOf(statement.Action).some((pattern) => matches(pattern.toLowerCase(), action.toLowerCase())) &&
    listOf(statement.Resource).some((pattern) => matches(pattern, resource)) &&
    Object.entries(statement.Condition ?? {}).every(([operator, keys]) => holds(operator, keys, context))
  )
}

type Test = (wanted: string, actual: string | undefined) => boolean

const operators: Readonly<Record<string, Test>> = {
  StringEquals: (wanted, actual) => wanted === actual,
  StringLike: (wanted, actual) => actual !== undefined && matches(wanted, actual),
  ArnEquals: (wanted, actual) => actual !== undefined && matches(wanted, actual),
  ArnLike: (wanted, actual) => actual !== undefined && matches(wanted, actual),
  Bool: (wanted, actual) => wanted.toLowerCase() === actual?.toLowerCase(),
  Null: (wanted, actual) => (wanted === 'true') === (actual === undefined),
}

/** All keys of an operator must hold, each for one of its values. */
function holds(
  operator: string,
  keys: Readonly<Record<string, string | readonly string[]>>,
  context: Readonly<Record<string, string>>,
): boolean {
  const test = operators[operator]
  if (!test) throw new Error(`evaluating a condition: ${operator} is not understood`)
  const byName = new Map(Object.entries(context).map(([key, value]) => [key.toLowerCase(), value]))
  return Object.entries(keys).every(([key, wanted]) =>
    listOf(wanted).some((value) => test(value, byName.get(key.toLowerCase()))),
  )
}

/** `*` is any text, `?` any one character. */
function matches(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${source}$`, 's').test(text)
}

function listOf(value: string | readonly string[]): readonly string[] {
  return typeof value === 'string' ? [value] : value
}
