/** An answer that did not come in time. The SDK does not know it as a fault to try again: what was too much stays so. */
export class SlowAnswer extends Error {
  readonly endpoint: string | undefined

  constructor(endpoint: string | undefined) {
    super('the answer did not come in time')
    this.name = 'SlowAnswer'
    this.endpoint = endpoint
  }
}

/** A client as far as this file knows it. */
interface HasStack {
  readonly middlewareStack: { add(middleware: never, options: never): void }
}

/** Lets a client wait for an answer once only, where the caller can ask for less instead. */
export function waitOnce<C extends HasStack>(client: C): C {
  client.middlewareStack.add(waiting as never, { step: 'finalizeRequest', priority: 'low', name: 'waitOnce' } as never)
  return client
}

function waiting<A, R>(next: (args: A) => Promise<R>): (args: A) => Promise<R> {
  return async (args) => {
    try {
      return await next(args)
    } catch (fault) {
      const { name, endpoint } = fault as { readonly name?: string; readonly endpoint?: string }
      throw name === 'TimeoutError' ? new SlowAnswer(endpoint) : fault
    }
  }
}
