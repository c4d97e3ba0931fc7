import { authenticate, type Credential } from './authenticate.js'
import { AwsError } from './aws-error.js'
import type { Fault, Faults } from './faults.js'
import { findSchemas, type OperationSchemas } from './find-schemas.js'
import { identifyCall, isCall, type WireCall, type WireRequest } from './identify-call.js'
import { isWrite } from './is-write.js'
import { matchingQueryIds, withPartialResults } from './metric-queries.js'
import { missingMembers } from './missing-members.js'
import type { Caller, Operations } from './operation.js'
import { readFormInput } from './read-form-input.js'
import { parseJsonBody, readJsonInput } from './read-json-input.js'
import { strikeBefore, unsupported } from './strike.js'
import { type ErrorManner, writeError } from './write-error.js'
import { type Reply, writeReply } from './write-reply.js'

/** A call that was recognised and whose caller is known, told when it arrives and before it has any effect. */
export interface SeenCall {
  readonly service: string
  readonly operation: string
  readonly region: string
  readonly write: boolean
}

/** What the answers are made with. `forward` passes a DynamoDB request that no registered operation takes to its table. */
export interface Answering {
  readonly operations: Operations
  readonly credentials: readonly Credential[] | undefined
  readonly faults: Faults | undefined
  readonly onCall: (call: SeenCall) => void
  readonly forward: (request: WireRequest) => Promise<Reply>
  readonly requestId: () => string
}

/** `cut`: the socket is to be destroyed without an answer. */
export type Answer = { readonly kind: 'reply'; readonly reply: Reply } | { readonly kind: 'cut' }

const CUT: Answer = { kind: 'cut' }

/** Answers one request as AWS would; never throws. */
export async function answerCall(request: WireRequest, answering: Answering): Promise<Answer> {
  const requestId = answering.requestId()
  const call = identifyCall(request)
  if (!isCall(call)) return refuse(call, call.error, requestId)
  try {
    return await answer(call, request, answering, requestId)
  } catch (error) {
    return refuse(call, asAwsError(error, call), requestId)
  }
}

async function refuse(manner: ErrorManner, error: AwsError, requestId: string): Promise<Answer> {
  return { kind: 'reply', reply: await writeError(manner, error, requestId) }
}

/** A fault of an operation's code is said in full: the reader is the one who is building the world behind it. */
function asAwsError(error: unknown, call: WireCall): AwsError {
  if (error instanceof AwsError) return error
  const said = error instanceof Error ? error.message : String(error)
  return new AwsError(call.service.codes.failure, `${call.service.name}:${call.operation} failed here: ${said}`, 500)
}

async function answer(call: WireCall, request: WireRequest, answering: Answering, requestId: string): Promise<Answer> {
  const caller = authenticate(call, request, answering.credentials)
  const names = { service: call.service.name, operation: call.operation, region: caller.region }
  answering.onCall({ ...names, write: isWrite(call.operation) })
  const work = await prepare(call, request, caller, answering, requestId)
  const fault = answering.faults?.next({ ...names, input: work.input })
  const struck = await strikeBefore(fault, call, caller)
  if (struck.kind !== 'go') return struck
  const reply = await work.run(fault)
  return fault?.kind === 'cutAfterEffect' ? CUT : { kind: 'reply', reply }
}

interface Work {
  readonly input: Readonly<Record<string, unknown>>
  readonly run: (fault: Fault | undefined) => Promise<Reply>
}

/** Everything that can be refused before a fault or an effect: unknown operations, unreadable and incomplete inputs. */
async function prepare(
  call: WireCall,
  request: WireRequest,
  caller: Caller,
  answering: Answering,
  requestId: string,
): Promise<Work> {
  const operation = answering.operations[`${call.service.name}:${call.operation}`]
  if (operation === undefined && call.service.name === 'dynamodb') {
    return { input: parseJsonBody(request.body.toString('utf8')), run: () => answering.forward(request) }
  }
  const schemas = await findSchemas(call.service, call.operation)
  if (operation === undefined || schemas === undefined) throw unsupported(call)
  const input = readInput(call, request, schemas)
  const run = async (fault: Fault | undefined): Promise<Reply> => {
    const output: unknown = await operation(input, caller)
    return writeReply(call, schemas, spoilt(output, input, fault), requestId)
  }
  return { input, run }
}

function readInput(
  call: WireCall,
  request: WireRequest,
  schemas: OperationSchemas | undefined,
): Readonly<Record<string, unknown>> {
  const input = readMembers(call, request, schemas)
  const [missing] = schemas === undefined ? [] : missingMembers(input, schemas.input)
  if (missing === undefined) return input
  const message =
    call.protocol === 'ec2'
      ? `The request must contain the parameter ${missing}`
      : `1 validation error detected: Value null at '${missing}' failed to satisfy constraint: Member must not be null`
  throw new AwsError(call.service.codes.missing, message, 400)
}

function readMembers(
  call: WireCall,
  request: WireRequest,
  schemas: OperationSchemas | undefined,
): Readonly<Record<string, unknown>> {
  if (call.form !== undefined && schemas !== undefined && call.protocol !== 'json') {
    return readFormInput(call.form, schemas.input, call.protocol)
  }
  const body = parseJsonBody(request.body.toString('utf8'))
  return schemas === undefined ? body : readJsonInput(body, schemas.input)
}

function spoilt(output: unknown, input: Readonly<Record<string, unknown>>, fault: Fault | undefined): unknown {
  if (fault?.kind !== 'partialData') return output
  return withPartialResults(output, matchingQueryIds(input, fault.query), fault.statusCode ?? 'PartialData')
}
