import { describe, expect, it, jest } from '@jest/globals'
import type { PassDocument } from '../../../src/entrypoints/cli/documents/analyze.js'
import {
  answer,
  errorIn,
  groupMember,
  listOf,
  type OddCall,
  type OddOptions,
  oddEndpoint,
  page,
  type Reply,
} from '../../adapters/aws/odd-endpoint.js'
import { trimtab } from './captured.js'

// A whole analysis with its replays takes a second or so, and several seconds where the machine is busy.
jest.setTimeout(240_000)

const listing = 'autoscaling:DescribeAutoScalingGroups'
const metrics = 'cloudwatch:GetMetricData'

const factCalls = [
  'autoscaling:DescribePolicies',
  'autoscaling:DescribeScheduledActions',
  'autoscaling:DescribeScalingActivities',
  'autoscaling:DescribeLifecycleHooks',
  'ec2:DescribeLaunchTemplateVersions',
]

/** `analyze --json` on such an endpoint; every run must end without a stack trace, with lines of our own on standard error. */
async function analysed(options: OddOptions) {
  const { env, calls } = await oddEndpoint(options)
  const { code, out, err } = await trimtab(['analyze', '--json'], env)
  expect(err).not.toMatch(/\n\s+at |undefined|\[object/)
  for (const line of err.trimEnd().split('\n')) expect(line).toMatch(/^$|^(error|warning): /)
  const document = out === '' ? undefined : (JSON.parse(out) as PassDocument)
  return { code, err, calls, document }
}

/** The whole answer: a score, and the advice that rests on every fact and series of the group. */
const whole = [{ type: 'SCALE_DOWN', from: { minSize: 6, desiredCapacity: 6 } }]

describe('another implementation of AWS', () => {
  it('that answers the least gives a score, advice, and one line for what it lacks', async () => {
    const { code, err, document } = await analysed({})
    expect(code).toBe(0)
    expect(document?.groups).toMatchObject([{ groupKey: '000000000000/us-east-1/web', score: expect.any(Number) }])
    expect(document?.recommendations).toMatchObject(whole)
    expect(document?.unread).toEqual([
      { why: expect.stringContaining('DescribeInstanceRefreshes'), groups: ['000000000000/us-east-1/web'] },
    ])
    expect(err).toMatch(/^warning: [^\n]*DescribeInstanceRefreshes[^\n]* \(1 of 1 groups\)\n$/)
  })

  let plain: ReturnType<typeof analysed> | undefined
  const later =
    (ms: number): NonNullable<NonNullable<OddOptions['metrics']>['bend']> =>
    (points) =>
      points.map((point) => ({ ...point, at: point.at + ms }))
  it.each<[string, OddOptions['metrics']]>([
    ['speaks only the older protocol of CloudWatch', { only: 'query' }],
    ['speaks only the newer protocol of CloudWatch', { only: 'json' }],
    ['gives points that lie beside the period', { bend: later(137_000) }],
    ['gives points last first, and each twice', { bend: (points) => [...points, ...points].reverse() }],
    ['gives NaN in between', { bend: (points) => points.map((one, i) => (i % 9 ? one : { ...one, value: 'NaN' })) }],
    ['gives null in between', { bend: (points) => points.map((one, i) => (i % 9 ? one : { ...one, value: null })) }],
    [
      'writes times of another zone',
      { only: 'query', timeText: (at) => new Date(at + 7_200_000).toISOString().replace('Z', '+02:00') },
    ],
  ])('that %s gives the same figures', async (_what, style) => {
    plain ??= analysed({})
    const { groups, decisions } = (await plain).document as PassDocument
    const odd = await analysed({ metrics: style ?? {} })
    expect(odd.code).toBe(0)
    expect(odd.document).toMatchObject({ groups, decisions, recommendations: whole })
  })

  it('that refuses a batch for one metric loses that metric only', async () => {
    const { code, document, calls } = await analysed({ metrics: { refuses: ['NetworkIn'] } })
    expect(code).toBe(0)
    expect(document?.groups).toMatchObject([{ score: expect.any(Number) }])
    expect(document?.unread.map(({ why }) => why)).toContainEqual(expect.stringContaining('cloudwatch:GetMetricData'))
    expect(calls.filter((call) => call === metrics).length).toBeLessThan(10)
  })

  it.each<[string, OddOptions['metrics']]>([
    ['times without a zone', { only: 'query', timeText: (at) => new Date(at).toISOString().slice(0, 19) }],
    ['words for numbers of seconds', { only: 'json', timeText: (at) => new Date(at).toISOString() }],
  ])('whose metrics have %s has no score, no advice on capacity, and it is said', async (_what, style) => {
    const { code, document } = await analysed({ metrics: style ?? {} })
    expect(code).toBe(0)
    expect(document).toMatchObject({ groups: [{ score: null }], recommendations: [] })
    expect(document?.unread.map(({ why }) => why)).toContainEqual(expect.stringContaining('GetMetricData'))
  })
})

const oddAnswers: readonly (readonly [string, (call: OddCall) => Reply])[] = [
  ['an HTML page with 200', () => page(200)],
  ['an HTML page with 404', () => page(404)],
  ['nothing at all', () => answer('')],
  ['an empty object', () => answer('{}', 200, 'application/json')],
  ['half a document', () => answer('<DescribeResponse><x></y>')],
  ['plain text with 405', () => answer('method not allowed', 405, 'text/plain')],
  ['InternalFailure with 501', errorIn('InternalFailure', 501)],
  ['NotImplemented', errorIn('NotImplemented', 400)],
  ['UnknownOperationException', errorIn('UnknownOperationException', 400)],
]

describe.each(oddAnswers)('%s', (_what, reply) => {
  it('at every call for a fact makes all of them unknown, and each is said; the account stands in the group', async () => {
    const { code, err, document } = await analysed({
      oddities: Object.fromEntries(['sts:GetCallerIdentity', ...factCalls].map((one) => [one, reply])),
    })
    expect(code).toBe(0)
    expect(document).toMatchObject({
      groups: [{ groupKey: '000000000000/us-east-1/web', score: expect.any(Number) }],
      recommendations: [],
      faults: [],
    })
    const whys = document?.unread.map(({ why }) => why)
    for (const call of factCalls) expect(whys).toContainEqual(expect.stringContaining(call))
    expect(err.split('\n').filter((line) => line.startsWith('warning: '))).toHaveLength(whys?.length ?? 0)
  })

  it('at the metrics leaves no score, and is said after few calls', async () => {
    const { code, document, calls } = await analysed({ oddities: { [metrics]: reply } })
    expect(code).toBe(0)
    expect(document).toMatchObject({ groups: [{ score: null }], recommendations: [], faults: [] })
    expect(document?.unread.map(({ why }) => why)).toContainEqual(expect.stringContaining(metrics))
    expect(calls.filter((call) => call === metrics).length).toBeLessThan(16)
  })

  it.each([listing, '*'])('at %s leaves nothing to say: 3, and the document names the region', async (call) => {
    const { code, err, document } = await analysed({ oddities: { [call]: reply } })
    expect(code).toBe(3)
    expect(document).toMatchObject({ groups: [], faults: [{ scope: 'us-east-1', code: 'unsupported' }] })
    expect(err).toMatch(/^error: us-east-1: [^\n]*DescribeAutoScalingGroups[^\n]*\n$/)
  })
})

describe('a connection', () => {
  it.each<[string, Reply]>([
    ['cut before the answer', { kind: 'cut' }],
    ['cut within the answer', { kind: 'cut-within' }],
  ])('%s: the fact is unknown; at the listing 3, with the address', async (_what, reply) => {
    const policies = await analysed({ oddities: { 'autoscaling:DescribePolicies': () => reply } })
    expect(policies).toMatchObject({ code: 0, document: { groups: [{ score: expect.any(Number) }] } })
    expect(policies.err).toContain('Could not reach http://127.0.0.1:')
    const dead = await analysed({ oddities: { [listing]: () => reply } })
    expect(dead).toMatchObject({ code: 3, document: undefined })
    expect(dead.err).toMatch(/^error: Could not reach http:\/\/127\.0\.0\.1:\d+ for [^\n]+\n$/)
  })

  it('cut at every metric: 3, the document is printed and names the region once', async () => {
    const groups = [groupMember('web'), groupMember('worker')]
    const { code, document } = await analysed({ groups, oddities: { [metrics]: () => ({ kind: 'cut' }) } })
    expect(code).toBe(3)
    expect(document).toMatchObject({ groups: [], faults: [{ scope: 'us-east-1', code: 'unreachable' }] })
    expect(document?.faults).toHaveLength(1)
  })
})

describe('a group', () => {
  const both = (changes: Readonly<Record<string, string | undefined>>) => ({
    groups: [groupMember('odd', changes), groupMember('plain')],
  })

  it('without one of the members that AWS always sends is analysed beside the others', async () => {
    const left = [
      'CreatedTime',
      'AvailabilityZones',
      'Tags',
      'AutoScalingGroupARN',
      'DefaultCooldown',
      'HealthCheckType',
    ]
    const groups = [...left, 'Instances'].map((member) => groupMember(`no-${member}`, { [member]: undefined }))
    const { code, document } = await analysed({ groups })
    expect({ code, faults: document?.faults }).toEqual({ code: 0, faults: [] })
    expect(document?.groups.map(({ score }) => score)).toEqual(groups.map(() => expect.any(Number)))
  })

  it('of which nobody says its zones gets no advice on capacity', async () => {
    const { document } = await analysed({
      groups: [groupMember('web', { AvailabilityZones: undefined, Instances: undefined })],
    })
    expect(document).toMatchObject({ recommendations: [], decisions: [{ kind: 'hold', reason: 'fact-unknown' }] })
  })

  it('without a launch template has an unknown launch, and it is said', async () => {
    const { code, document } = await analysed(both({ LaunchTemplate: undefined }))
    expect(code).toBe(0)
    expect(document?.unread).toContainEqual({
      why: 'The group has no launch template and no launch configuration.',
      groups: ['000000000000/us-east-1/odd'],
    })
  })

  it('whose template has no version takes the default one', async () => {
    const changes = { LaunchTemplate: '<LaunchTemplateName>web</LaunchTemplateName>' }
    expect((await analysed({ groups: [groupMember('web', changes)] })).document?.recommendations).toMatchObject(whole)
  })

  it('without a size fails alone: 3, and the others are there', async () => {
    const { code, err, document } = await analysed(both({ MaxSize: undefined }))
    expect(code).toBe(3)
    expect(document?.groups).toMatchObject([{ groupKey: '000000000000/us-east-1/plain' }])
    expect(err).toContain('gave the group odd without MaxSize')
  })

  it('of any name is printed as it is, control characters aside', async () => {
    const names = ['a/b <x> & "q" `@me`', 'söme näme', '-rf', 'red\u001b[31m']
    const { env } = await oddEndpoint({ groups: names.map((name) => groupMember(name)) })
    const json = await trimtab(['analyze', '--json'], env)
    const keys = (JSON.parse(json.out) as PassDocument).groups.map(({ groupKey }) => groupKey)
    expect(keys).toContain('000000000000/us-east-1/a/b <x> & "q" `@me`')
    const text = await trimtab(['analyze'], env)
    expect(text.code).toBe(0)
    expect(text.out).toContain('söme näme')
    expect(text.out).not.toContain('\u001b')
  })
})

describe('pages', () => {
  const pageOf = (groups: readonly string[], token: string | undefined): Reply => {
    const next = token === undefined ? '' : `<NextToken>${token}</NextToken>`
    const inside = `${listOf('AutoScalingGroups', groups)}${next}`
    return answer(
      `<DescribeAutoScalingGroupsResponse><DescribeAutoScalingGroupsResult>${inside}</DescribeAutoScalingGroupsResult></DescribeAutoScalingGroupsResponse>`,
    )
  }

  it('no group at all: 0', async () => {
    expect(await analysed({ groups: [] })).toMatchObject({ code: 0, err: '', document: { groups: [], faults: [] } })
  })

  it('many: every group once', async () => {
    const oddities = {
      [listing]: ({ form }: OddCall) => {
        const at = Number(form.get('NextToken') ?? '0')
        return pageOf([groupMember(`web-${at}`)], at < 2 ? String(at + 1) : undefined)
      },
    }
    expect((await analysed({ oddities })).document?.groups).toHaveLength(3)
  })

  it.each<[string, (call: OddCall) => string]>([
    ['the same token for ever', () => 't'],
    ['two tokens in turn', ({ form }) => (form.get('NextToken') === 'a' ? 'b' : 'a')],
  ])('%s: it ends with 3, and the groups are there once', async (_what, tokenFor) => {
    const oddities = { [listing]: (call: OddCall) => pageOf([groupMember('web')], tokenFor(call)) }
    const { code, document, calls } = await analysed({ oddities })
    expect(code).toBe(3)
    expect(document?.groups).toHaveLength(1)
    expect(document?.faults).toMatchObject([{ scope: 'us-east-1', code: 'unsupported' }])
    expect(calls.filter((call) => call === listing).length).toBeLessThan(5)
  })
})
