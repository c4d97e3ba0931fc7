import { JsonShapeSerializer, XmlShapeSerializer } from '@aws-sdk/core/protocols'
import { NormalizedSchema } from '@smithy/core/schema'
import type { OperationSchemas } from './find-schemas.js'
import type { WireCall } from './identify-call.js'

/** One HTTP answer, ready to send. */
export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Buffer
}

const ISO_8601 = 5
const EPOCH_SECONDS = 7

/**
 * An operation's output as the service would answer it: XML in its Result and Response elements for Query, bare members
 * for ec2, JSON otherwise. Members that the output schema does not know are dropped; a value of the wrong kind throws.
 * Without schemas (a service without an SDK client) the output is JSON as it is.
 */
export function writeReply(
  call: WireCall,
  schemas: OperationSchemas | undefined,
  output: unknown,
  requestId: string,
): Reply {
  if (call.protocol === 'json') return jsonReply(call, schemas, output, requestId)
  return xmlReply(call, schemas, output, requestId)
}

function jsonReply(call: WireCall, schemas: OperationSchemas | undefined, output: unknown, requestId: string): Reply {
  return {
    status: 200,
    headers: { 'content-type': jsonType(call), 'x-amzn-requestid': requestId },
    body: schemas === undefined ? JSON.stringify(output ?? {}) : writeJson(schemas.output, output),
  }
}

/** The content type in which a JSON service answers. */
export function jsonType(call: { readonly service: WireCall['service'] | undefined }): string {
  return `application/x-amz-json-${call.service?.json?.version ?? '1.1'}`
}

function writeJson(schema: NormalizedSchema, output: unknown): string {
  if (!schema.isStructSchema()) return '{}'
  const settings = { timestampFormat: { useTrait: true, default: EPOCH_SECONDS } as const, jsonName: false }
  const serializer = new JsonShapeSerializer(settings)
  serializer.write(schema, output ?? {})
  return serializer.flush()
}

function xmlReply(call: WireCall, schemas: OperationSchemas | undefined, output: unknown, requestId: string): Reply {
  const { operation, service } = call
  const isEc2 = call.protocol === 'ec2'
  const members = schemas === undefined ? '' : writeXml(schemas.output, `${operation}Result`, output)
  const content = isEc2
    ? `${withoutRoot(members)}<requestId>${requestId}</requestId>`
    : `${members}<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>`
  const xmlns = service.xml?.namespace ?? ''
  return {
    status: 200,
    headers: { 'content-type': 'text/xml;charset=UTF-8', 'x-amzn-requestid': requestId },
    body: `${XML_HEAD}<${operation}Response xmlns="${xmlns}">${content}</${operation}Response>`,
  }
}

/** The first line of every XML answer. */
export const XML_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'

function writeXml(schema: NormalizedSchema, root: string, output: unknown): string {
  if (!schema.isStructSchema()) return ''
  const serializer = new XmlShapeSerializer({
    timestampFormat: { useTrait: true, default: ISO_8601 },
    httpBindings: false,
    xmlNamespace: '',
    serviceNamespace: '',
  })
  serializer.write(named(schema, root), output ?? {})
  return String(serializer.flush())
}

/** The same structure under another name, since the serialiser names the root element after the schema. */
function named(schema: NormalizedSchema, name: string): NormalizedSchema {
  const tuple: unknown = schema.getSchema()
  if (!Array.isArray(tuple)) throw new Error(`writing ${name}: expected a structure's schema, got ${typeof tuple}`)
  const [kind, namespace, , , names, members] = tuple
  return NormalizedSchema.of([kind, namespace, name, 0, names, members])
}

function withoutRoot(xml: string): string {
  return xml.replace(/^<\w+\/>$|^<\w+>/, '').replace(/<\/\w+>$/, '')
}
