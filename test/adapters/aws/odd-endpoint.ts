import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach } from '@jest/globals'
import { answerMetricData, type MetricStyle } from './odd-metrics.js'

/** What goes back over the wire, or how it does not. */
export type Reply =
  | { readonly kind: 'answer'; readonly status: number; readonly type: string; readonly body: string }
  /** The connection ends before the answer, in its middle, or never gives one. */
  | { readonly kind: 'cut' }
  | { readonly kind: 'cut-within' }
  | { readonly kind: 'silence' }

export interface OddCall {
  /** `autoscaling:DescribePolicies`. */
  readonly name: string
  readonly protocol: 'query' | 'json'
  readonly form: URLSearchParams
  readonly json: Readonly<Record<string, unknown>>
}

/** One oddity: what a call gets in place of the plain answer. `*` stands for every call without one of its own. */
export type Oddities = Readonly<Record<string, (call: OddCall) => Reply>>

export interface OddOptions {
  readonly oddities?: Oddities
  /** The groups as `<member>` contents; default one, of which AWS would say everything. */
  readonly groups?: readonly string[]
  readonly metrics?: MetricStyle
}

export interface OddEndpoint {
  readonly url: string
  /** Calls received, in order. */
  readonly calls: readonly string[]
  /** The variables that point the command line at it. */
  readonly env: Readonly<Record<string, string>>
}

/** The moment that the stand-in's clock shows; it stands still. */
export const nowAt = '2026-11-23T10:00:00.000Z'

const open: (() => Promise<void>)[] = []

afterEach(async () => {
  await Promise.all(open.splice(0).map((close) => close()))
})

export const answer = (body: string, status = 200, type = 'text/xml'): Reply => ({
  kind: 'answer',
  status,
  type,
  body,
})
export const page = (status: number): Reply =>
  answer(`<!doctype html><title>${status}</title><p>Something<br>went wrong & nobody knows`, status, 'text/html')
export const queryError = (code: string, status: number): Reply =>
  answer(
    `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${code} here</Message></Error><RequestId>r</RequestId></ErrorResponse>`,
    status,
  )
export const jsonError = (code: string, status: number): Reply =>
  answer(JSON.stringify({ __type: code, message: `${code} here` }), status, 'application/x-amz-json-1.1')
/** An error in the manner of the protocol that was asked in. */
export const errorIn =
  (code: string, status: number) =>
  ({ protocol }: OddCall): Reply =>
    protocol === 'json' ? jsonError(code, status) : queryError(code, status)

/**
 * Another implementation of AWS in the manner of those that people write for their tests: it shares nothing with our own
 * sandbox, answers the least that is valid, knows few operations, ignores filters and pages, and can be odd in each.
 */
export async function oddEndpoint(options: OddOptions = {}): Promise<OddEndpoint> {
  const calls: string[] = []
  const server = createServer((request, response) => {
    void respond(request, response, options, calls)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  open.push(async () => {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const env = {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    TRIMTAB_CLOCK_URL: `${url}/clock`,
  }
  return { url, calls, env }
}

async function respond(request: IncomingMessage, response: ServerResponse, options: OddOptions, calls: string[]) {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  if (request.url === '/clock') return write(response, answer(JSON.stringify({ now: nowAt }), 200, 'application/json'))
  const call = callOf(request, Buffer.concat(chunks).toString('utf8'))
  calls.push(call.name)
  const odd = options.oddities?.[call.name] ?? options.oddities?.['*']
  write(response, odd ? odd(call) : plainAnswer(call, options))
}

function write(response: ServerResponse, reply: Reply): void {
  if (reply.kind === 'silence') return
  if (reply.kind === 'cut') {
    response.destroy()
    return
  }
  if (reply.kind === 'cut-within') {
    response.writeHead(200, { 'content-type': 'text/xml', 'content-length': '1000' })
    response.write('<Half', () => response.destroy())
    return
  }
  response.writeHead(reply.status, { 'content-type': reply.type })
  response.end(reply.body)
}

/** The service by the credential scope that signs the request, the operation by the protocol's own place for it. */
function callOf(request: IncomingMessage, body: string): OddCall {
  const service = /\/([a-z0-9-]+)\/aws4_request/.exec(request.headers.authorization ?? '')?.[1] ?? 'nobody'
  const named = service === 'monitoring' ? 'cloudwatch' : service
  const target = request.headers['x-amz-target']
  if (typeof target === 'string') {
    const json = JSON.parse(body) as OddCall['json']
    return { name: `${named}:${target.split('.')[1]}`, protocol: 'json', form: new URLSearchParams(), json }
  }
  const form = new URLSearchParams(body)
  return { name: `${named}:${form.get('Action')}`, protocol: 'query', form, json: {} }
}

function plainAnswer(call: OddCall, options: OddOptions): Reply {
  if (call.name === 'cloudwatch:GetMetricData') return answerMetricData(call, options.metrics ?? {})
  const [, operation = ''] = call.name.split(':')
  const result = (inside: string) =>
    answer(`<${operation}Response><${operation}Result>${inside}</${operation}Result></${operation}Response>`)
  switch (call.name) {
    case 'sts:GetCallerIdentity':
      return result('<Account>000000000000</Account>')
    case 'autoscaling:DescribeAutoScalingGroups':
      return result(listOf('AutoScalingGroups', options.groups ?? [groupMember('web')]))
    case 'autoscaling:DescribePolicies':
      return result(listOf('ScalingPolicies', []))
    case 'autoscaling:DescribeScheduledActions':
      return result(listOf('ScheduledUpdateGroupActions', []))
    case 'autoscaling:DescribeScalingActivities':
      return result(listOf('Activities', []))
    case 'autoscaling:DescribeLifecycleHooks':
      return result(listOf('LifecycleHooks', []))
    case 'ec2:DescribeLaunchTemplateVersions':
      return answer(
        `<DescribeLaunchTemplateVersionsResponse><launchTemplateVersionSet><item><launchTemplateName>web</launchTemplateName><versionNumber>1</versionNumber><launchTemplateData><instanceType>m5.xlarge</instanceType></launchTemplateData></item></launchTemplateVersionSet></DescribeLaunchTemplateVersionsResponse>`,
      )
    default:
      return call.protocol === 'json' ? jsonError('UnknownOperationException', 404) : queryError('InvalidAction', 400)
  }
}

export function listOf(name: string, members: readonly string[]): string {
  return `<${name}>${members.map((member) => `<member>${member}</member>`).join('')}</${name}>`
}

const groupMembers: Readonly<Record<string, string>> = {
  AutoScalingGroupARN: 'arn:aws:autoscaling:us-east-1:000000000000:autoScalingGroup:u:autoScalingGroupName/web',
  LaunchTemplate: '<LaunchTemplateName>web</LaunchTemplateName><Version>$Default</Version>',
  MinSize: '6',
  MaxSize: '12',
  DesiredCapacity: '6',
  DefaultCooldown: '300',
  AvailabilityZones: '<member>us-east-1a</member><member>us-east-1b</member>',
  HealthCheckType: 'EC2',
  CreatedTime: '2026-01-01T00:00:00.000Z',
  Instances: ['1', '2', '3', '4', '5', '6']
    .map(
      (n) =>
        `<member><InstanceId>i-${n}</InstanceId><InstanceType>m5.xlarge</InstanceType><AvailabilityZone>us-east-1${Number(n) % 2 ? 'a' : 'b'}</AvailabilityZone><LifecycleState>InService</LifecycleState><HealthStatus>Healthy</HealthStatus><ProtectedFromScaleIn>false</ProtectedFromScaleIn></member>`,
    )
    .join(''),
  Tags: '<member><Key>Environment</Key><Value>staging</Value></member>',
}

/** A group as XML, with members changed (`undefined` leaves one out). */
export function groupMember(name: string, changes: Readonly<Record<string, string | undefined>> = {}): string {
  const members = { AutoScalingGroupName: escaped(name), ...groupMembers, ...changes }
  return Object.entries(members)
    .map(([key, value]) => (value === undefined ? '' : `<${key}>${value}</${key}>`))
    .join('')
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
