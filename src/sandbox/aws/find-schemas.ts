import { NormalizedSchema } from '@smithy/core/schema'
import { isRecord } from './read-json-input.js'
import type { WireService } from './wire-services.js'

/** The input and output shapes of one operation, as the SDK client describes them; a unit schema means nothing at all. */
export interface OperationSchemas {
  readonly input: NormalizedSchema
  readonly output: NormalizedSchema
}

/** The client's module seen by export name: operations are `<Name>$`, modelled exceptions `<Name>$` as well. */
async function exportNamed(service: WireService, name: string): Promise<unknown> {
  if (service.load === undefined || !/^\w+$/.test(name)) return undefined
  const module = (await service.load()) as Readonly<Record<string, unknown>>
  return module[`${name}$`]
}

const OPERATION = 9
const ERROR = -3

/**
 * The schemas of an operation from the client's own description: the tuple `[9, namespace, name, traits, input, output]`.
 * `undefined` when the service has no such operation or has no SDK client here.
 */
export async function findSchemas(service: WireService, operation: string): Promise<OperationSchemas | undefined> {
  const tuple = await exportNamed(service, operation)
  if (!Array.isArray(tuple) || tuple[0] !== OPERATION) return undefined
  return { input: NormalizedSchema.of(tuple[4]), output: NormalizedSchema.of(tuple[5]) }
}

/** What a service's model says of an exception: its code in Query answers and its HTTP status. */
export interface ModelledError {
  readonly wireCode: string
  readonly httpStatus: number
}

/** The modelled exception of that SDK name (`ResourceContentionFault`); `undefined` when the model has none. */
export async function findModelledError(service: WireService, name: string): Promise<ModelledError | undefined> {
  const tuple = await exportNamed(service, name)
  if (!Array.isArray(tuple) || tuple[0] !== ERROR) return undefined
  const traits: unknown = tuple[3]
  if (!isRecord(traits)) return { wireCode: name, httpStatus: 400 }
  const query = traits.awsQueryError
  const modelledStatus = typeof traits.httpError === 'number' ? traits.httpError : 400
  if (!Array.isArray(query)) return { wireCode: name, httpStatus: modelledStatus }
  return { wireCode: String(query[0]), httpStatus: typeof query[1] === 'number' ? query[1] : modelledStatus }
}
