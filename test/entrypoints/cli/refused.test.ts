import { describe, expect, it, jest } from '@jest/globals'
import { errorIn, jsonError, oddEndpoint, page } from '../../adapters/aws/odd-endpoint.js'
import { trimtab } from './captured.js'

// Several seconds where the machine is busy.
jest.setTimeout(240_000)

const oneSentence = /^error: [^\n]+\n$/
const commands = [['analyze', '--json'], ['run', '--json'], ['doctor']] as const

describe.each([
  ['InvalidClientTokenId', 'set AWS_PROFILE'],
  ['ExpiredToken', 'sign in again'],
  ['UnrecognizedClientException', 'set AWS_PROFILE'],
  ['SignatureDoesNotMatch', 'set AWS_PROFILE'],
  ['RequestTimeTooSkewed', "set this machine's clock"],
])('%s', (name, mend) => {
  it.each(commands)('%s: 2 and one sentence with the way out', async (...args) => {
    const { env } = await oddEndpoint({ oddities: { '*': errorIn(name, 403) } })
    const { code, out, err } = await trimtab(args, env)
    expect(code).toBe(2)
    expect(`${out}${err}`).toContain(args[0] === 'run' ? 'dynamodb:DescribeTable' : mend)
    if (args[0] !== 'doctor') expect({ out, err: oneSentence.test(err) }).toEqual({ out: '', err: true })
  })
})

describe('run', () => {
  it.each([
    ['a page instead of DynamoDB', () => page(404)],
    ['an endpoint without DynamoDB', () => jsonError('UnknownOperationException', 400)],
  ])('on %s: 3 and one sentence', async (_what, reply) => {
    const { env } = await oddEndpoint({ oddities: { 'dynamodb:DescribeTable': reply } })
    const { code, out, err } = await trimtab(['run', '--json'], env)
    expect({ code, out }).toEqual({ code: 3, out: '' })
    expect(err).toMatch(oneSentence)
    expect(err).toContain('use an endpoint that has DynamoDB')
  })
})

describe('doctor', () => {
  it('on an endpoint that lacks what it can do without: each is named, with what is lost', async () => {
    const { env } = await oddEndpoint({
      oddities: { 'dynamodb:DescribeTable': () => jsonError('ResourceNotFoundException', 400) },
    })
    const { code, out } = await trimtab(['doctor', '--json'], env)
    expect(code).toBe(0)
    const { checks } = JSON.parse(out) as {
      readonly checks: readonly { readonly name: string; readonly verdict: string }[]
    }
    const warned = checks.filter(({ verdict }) => verdict === 'warn').map(({ name }) => name)
    expect(warned).toEqual(
      expect.arrayContaining([
        'autoscaling:DescribeInstanceRefreshes in us-east-1',
        'ec2:DescribeSpotPriceHistory in us-east-1',
        'pricing:GetProducts in us-east-1',
        'table',
      ]),
    )
  })

  it('on an endpoint that answers everything with a page: 3, a line a call, no raw text of it', async () => {
    const { env } = await oddEndpoint({ oddities: { '*': () => page(500) } })
    const { code, out } = await trimtab(['doctor'], env)
    expect(code).toBe(3)
    expect(out).toContain("an answer that is not AWS's (HTTP 500)")
    expect(out).not.toMatch(/doctype|Deserialization|\n\s+at /)
  })
})

describe('where the endpoint cannot be asked', () => {
  it('a name that does not resolve, and a port that speaks no TLS: 3', async () => {
    const { env, url } = await oddEndpoint()
    for (const endpoint of ['http://no-such-host.invalid', url.replace('http:', 'https:')]) {
      const { code, out, err } = await trimtab(['analyze', '--json', '--endpoint', endpoint], env)
      expect({ endpoint, code, out }).toEqual({ endpoint, code: 3, out: '' })
      expect(err).toMatch(oneSentence)
      expect(err).toContain(`Could not reach ${endpoint}`)
    }
  })

  it('a refusing proxy in its place: 3, and it says that the answer is not of AWS', async () => {
    const { env } = await oddEndpoint({ oddities: { '*': () => page(407) } })
    const { code, err } = await trimtab(['analyze', '--json'], env)
    expect(code).toBe(3)
    expect(err).toMatch(oneSentence)
    expect(err).toContain('(HTTP 407)')
  })
})
