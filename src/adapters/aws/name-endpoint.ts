/** What we read of a request on its way out. */
interface Outgoing {
  readonly request?: {
    readonly protocol?: string
    readonly hostname?: string
    readonly port?: number
  }
}

type Next = (args: Outgoing) => Promise<unknown>

/** A client as far as this file knows it; the SDK's own type differs from service to service. */
interface HasStack {
  readonly middlewareStack: { add(middleware: never, options: never): void }
}

/**
 * Lets every fault of a client say which endpoint it came from (`endpoint`), wherever that was configured. Faults that
 * the SDK would not know as errors, since they come from another realm, are copied with the members it retries by.
 */
export function nameEndpoint<C extends HasStack>(client: C): C {
  client.middlewareStack.add(naming as never, { step: 'deserialize', priority: 'high', name: 'nameEndpoint' } as never)
  return client
}

function naming(next: Next): Next {
  return async (args) => {
    try {
      return await next(args)
    } catch (fault) {
      throw Object.assign(asError(fault), { endpoint: endpointOf(args) })
    }
  }
}

function asError(fault: unknown): Error {
  if (fault instanceof Error) return fault
  const { name, message, code } = fault as { readonly name?: string; readonly message?: string; readonly code?: string }
  return Object.assign(new Error(message ?? String(fault), { cause: fault }), {
    ...(name === undefined ? {} : { name }),
    ...(code === undefined ? {} : { code }),
  })
}

function endpointOf({ request }: Outgoing): string | undefined {
  if (request?.hostname === undefined) return undefined
  const port = request.port === undefined ? '' : `:${request.port}`
  return `${request.protocol ?? 'https:'}//${request.hostname}${port}`
}
