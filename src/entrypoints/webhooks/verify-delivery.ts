import { Webhooks } from '@octokit/webhooks'
import type { Delivery } from '../../core/commands/delivery.js'
import { readDelivery } from '../../core/commands/read-delivery.js'

/** GitHub's largest payloads are far larger; those we work on are not. */
export const bodyLimit = 1024 * 1024

/** A webhook as it came in. `header` takes a name in small letters; a header that came twice is none. */
export interface WebhookRequest {
  readonly header: (name: string) => string | undefined
  readonly body: string
}

/** The status to answer with, and with 202 the delivery, where it is one of those that we work on. */
export type Verdict =
  | { readonly status: 202; readonly delivery: Delivery | undefined }
  | { readonly status: 400 | 401 | 413 }

const deliveryId = /^[\w-]{1,100}$/

/** The signature of a request; undefined where there is none, which can be said before the body is read. */
export function signatureOf(header: WebhookRequest['header']): string | undefined {
  return header('x-hub-signature-256') || undefined
}

/**
 * Judges webhooks of one secret: no signature, a wrong one or an empty body is 401, more than 1 MB is 413, what was
 * signed and is no delivery is 400. The signature is compared in constant time, before anything of the body is parsed.
 */
export function createVerifier(secret: string): (request: WebhookRequest) => Promise<Verdict> {
  const webhooks = new Webhooks({ secret })
  return async ({ header, body }) => {
    const signature = signatureOf(header)
    if (signature === undefined || body === '') return { status: 401 }
    if (Buffer.byteLength(body) > bodyLimit) return { status: 413 }
    if (!(await webhooks.verify(body, signature))) return { status: 401 }
    const id = header('x-github-delivery')
    const event = header('x-github-event')
    if (id === undefined || !deliveryId.test(id) || event === undefined) return { status: 400 }
    const payload = parsed(body)
    return payload === undefined ? { status: 400 } : { status: 202, delivery: readDelivery(id, event, payload) }
  }
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
