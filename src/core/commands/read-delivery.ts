import type { Delivery } from './delivery.js'
import { longestComment } from './parse-command.js'

/**
 * The delivery that matters to us in a webhook, or undefined: a new comment on an issue or pull request, or a pull
 * request or issue that was closed. Edited comments are no commands: what was reviewed is what was first written.
 */
export function readDelivery(id: string, event: string, payload: unknown): Delivery | undefined {
  const repository = textAt(payload, 'repository', 'full_name')
  const action = textAt(payload, 'action')
  if (repository === undefined) return undefined
  if (event === 'issue_comment' && action === 'created') return commentOf(id, repository, payload)
  if (event === 'pull_request' && action === 'closed') return closedOf(id, repository, 'pull_request', payload)
  if (event === 'issues' && action === 'closed') return closedOf(id, repository, 'issue', payload)
  return undefined
}

function commentOf(id: string, repository: string, payload: unknown): Delivery | undefined {
  const number = numberAt(payload, 'issue', 'number')
  const commentId = numberAt(payload, 'comment', 'id')
  const author = textAt(payload, 'comment', 'user', 'login')
  const body = textAt(payload, 'comment', 'body')
  if (number === undefined || commentId === undefined || author === undefined || body === undefined) return undefined
  const byBot = textAt(payload, 'comment', 'user', 'type') === 'Bot' || author.endsWith('[bot]')
  return { kind: 'comment', id, repository, number, commentId, author, byBot, body: body.slice(0, longestComment) }
}

function closedOf(
  id: string,
  repository: string,
  subject: 'pull_request' | 'issue',
  payload: unknown,
): Delivery | undefined {
  const number = numberAt(payload, subject, 'number')
  const by = textAt(payload, 'sender', 'login')
  const at = textAt(payload, subject, 'closed_at')
  if (number === undefined || by === undefined || at === undefined) return undefined
  return { kind: 'closed', id, repository, number, merged: valueAtPath(payload, subject, 'merged') === true, by, at }
}

function valueAtPath(value: unknown, ...path: readonly string[]): unknown {
  let here: unknown = value
  for (const key of path) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, key)) return undefined
    here = (here as Readonly<Record<string, unknown>>)[key]
  }
  return here
}

function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  const found = valueAtPath(value, ...path)
  return typeof found === 'string' ? found : undefined
}

function numberAt(value: unknown, ...path: readonly string[]): number | undefined {
  const found = valueAtPath(value, ...path)
  return typeof found === 'number' && Number.isSafeInteger(found) ? found : undefined
}
