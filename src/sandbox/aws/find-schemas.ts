import { NormalizedSchema } from '@smithy/core/schema'
import { isRecord } from './read-json-input.js'
import type { WireService } from './wire-services.js'

/** The input and output shapes of one operation, as the SDK client describes them; a unit schema means nothing at all. */
export interface OperationSchemas {
  readonly input: NormalizedSchema
  readonly output: NormalizedSchema
}

const OPERATION = 9
const ERROR = -3

/**
 * The schemas of an operation from the client's own description: the tuple `[9, namespace, name, traits, input, output]`.
 * `undefined` when the service has no such operation.
 */
export async function findSchemas(service: WireService, operation: string): Promise<OperationSchemas | undefined> {
  if (!/^\w+$/.test(operation)) return undefined
  const module = (await service.load()) as Readonly<Record<string, unknown>>
  const tuple = module[`${operation}$`]
  if (!Array.isArray(tuple) || tuple[0] !== OPERATION) return undefined
  return { input: NormalizedSchema.of(tuple[4]), output: NormalizedSchema.of(tuple[5]) }
}

/** What a service's model says of an exception: its name in JSON answers, its code in Query ones, its HTTP status. */
export interface ModelledError {
  readonly name: string
  readonly wireCode: string
  readonly httpStatus: number
}

const modelledErrors = new WeakMap<object, ReadonlyMap<string, ModelledError>>()

/**
 * The modelled exception that the SDK calls so (`ResourceContentionFault`) or that is so on the wire
 * (`ResourceContention`); `undefined` when the model has none.
 */
export async function findModelledError(service: WireService, code: string): Promise<ModelledError | undefined> {
  const module = await service.load()
  const known = modelledErrors.get(module) ?? readModelledErrors(module)
  modelledErrors.set(module, known)
  return known.get(code)
}

function readModelledErrors(module: object): ReadonlyMap<string, ModelledError> {
  const errors = Object.values(module).flatMap((tuple: unknown) => {
    if (!Array.isArray(tuple) || tuple[0] !== ERROR) return []
    const traits: Readonly<Record<string, unknown>> = isRecord(tuple[3]) ? tuple[3] : {}
    return [modelledError(String(tuple[2]), traits)]
  })
  return new Map([
    ...errors.map((error) => [error.wireCode, error] as const),
    ...errors.map((e) => [e.name, e] as const),
  ])
}

function modelledError(name: string, traits: Readonly<Record<string, unknown>>): ModelledError {
  const { awsQueryError: query, httpError } = traits
  const httpStatus = typeof httpError === 'number' ? httpError : 400
  if (!Array.isArray(query)) return { name, wireCode: name, httpStatus }
  return { name, wireCode: String(query[0]), httpStatus: typeof query[1] === 'number' ? query[1] : httpStatus }
}
