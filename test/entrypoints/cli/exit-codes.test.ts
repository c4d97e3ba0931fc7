import { afterEach, describe, expect, it } from '@jest/globals'
import { createFaults, type FaultRule } from '../../../src/sandbox/aws/faults.js'
import { identityOperations } from '../../../src/sandbox/aws/identity-operations.js'
import type { Operations } from '../../../src/sandbox/aws/operation.js'
import { type AwsServer, startAwsServer } from '../../../src/sandbox/aws/server.js'
import { trimtab } from './captured.js'

const credential = { accessKeyId: 'AKIATESTOFTHECLI0001', secretAccessKey: 'secret', account: '123456789012' }
const servers: AwsServer[] = []

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

/** The environment of an account whose groups are those given. */
async function account(operations: Operations, rules: readonly FaultRule[] = []) {
  const server = await startAwsServer({
    operations: { ...identityOperations([credential]), ...operations },
    credentials: [credential],
    faults: createFaults(rules),
  })
  servers.push(server)
  return {
    AWS_ENDPOINT_URL: server.url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: credential.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credential.secretAccessKey,
  }
}

const noGroups: Operations = { 'autoscaling:DescribeAutoScalingGroups': () => ({ AutoScalingGroups: [] }) }

/** One line that starts with `error: ` and is no stack trace. */
const oneSentence = /^error: [^\n]+\n$/

describe('the exit code and the one sentence of', () => {
  it('an empty account: 0, and it says so', async () => {
    const { code, out, err } = await trimtab(['analyze'], await account(noGroups))
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toBe('There are no Auto Scaling groups to manage in us-east-1: nothing to do.\n')
  })

  it('an empty account as JSON: one document with empty lists', async () => {
    const { code, out } = await trimtab(['analyze', '--json'], await account(noGroups))
    expect(code).toBe(0)
    expect(JSON.parse(out)).toEqual({ groups: [], recommendations: [], decisions: [], unread: [], faults: [] })
  })

  it.each([
    ['a key that nobody knows', { AWS_ACCESS_KEY_ID: 'AKIAOFNOBODYATALL001' }],
    ['a secret that is not the key’s', { AWS_SECRET_ACCESS_KEY: 'guessed' }],
  ])('wrong credentials, %s: 2', async (_, wrong) => {
    const env = { ...(await account(noGroups)), ...wrong }
    const { code, out, err } = await trimtab(['analyze', '--json'], env)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(oneSentence)
    expect(err).toContain('AWS did not accept the credentials')
  })

  it('an endpoint that nobody listens on: 3', async () => {
    const env = { ...(await account(noGroups)), AWS_ENDPOINT_URL: 'http://127.0.0.1:1' }
    const { code, out, err } = await trimtab(['analyze'], env)
    expect({ code, out }).toEqual({ code: 3, out: '' })
    expect(err).toMatch(oneSentence)
    expect(err).toContain('http://127.0.0.1:1')
  })

  it('a denied listing, which leaves nothing to say: 2, and it names the permission', async () => {
    const rules: readonly FaultRule[] = [{ operation: 'autoscaling:DescribeAutoScalingGroups', kind: 'denied' }]
    const { code, err } = await trimtab(['analyze'], await account(noGroups, rules))
    expect(code).toBe(2)
    expect(err).toMatch(oneSentence)
    expect(err).toContain('grant autoscaling:DescribeAutoScalingGroups')
  })

  it('a listing that answers with a page instead of AWS: 3, and the document names the region', async () => {
    const rules: readonly FaultRule[] = [{ operation: 'autoscaling:*', kind: 'errorPage', httpStatus: 404 }]
    const { code, out, err } = await trimtab(['analyze', '--json'], await account(noGroups, rules))
    expect(code).toBe(3)
    expect(JSON.parse(out)).toMatchObject({ groups: [], faults: [{ scope: 'us-east-1' }] })
    expect(err).toMatch(oneSentence)
  })

  it('an unknown group: 2, with the names that were found', async () => {
    const env = await account({
      'autoscaling:DescribeAutoScalingGroups': (input) => {
        const asked = input.AutoScalingGroupNames as readonly string[] | undefined
        const groups = ['web', 'worker'].filter((name) => !asked?.length || asked.includes(name))
        return { AutoScalingGroups: groups.map(groupNamed) }
      },
    })
    const { code, err } = await trimtab(['analyze', '--group', 'webb'], env)
    expect(code).toBe(2)
    expect(err).toMatch(oneSentence)
    expect(err).toContain('found web and 1 more')
  })

  it.each([
    ['no region', {}, ['analyze'], 'no region is known'],
    [
      'a region that is none',
      { AWS_REGION: 'nowhere' },
      ['analyze'],
      'AWS_REGION: expected a region such as us-east-1',
    ],
    ['an option that is no region', {}, ['analyze', '--region', 'nowhere'], '--region: expected a region such as'],
    [
      'an option that is no address',
      {},
      ['analyze', '--endpoint', 'x'],
      '--endpoint: expected an http or https address',
    ],
    ['a mode that is none', { TRIMTAB_MODE: 'auto', AWS_REGION: 'us-east-1' }, ['run'], 'TRIMTAB_MODE: expected'],
    ['half an App', { APP_ID: '1', AWS_REGION: 'us-east-1' }, ['analyze'], 'APP_ID is set without a key'],
    ['an unknown option', {}, ['analyze', '--regoin', 'x'], "unknown option '--regoin'"],
    ['an unknown command', {}, ['analyse'], "unknown command 'analyse'"],
    ['a --fail-on of our own', {}, ['analyze', '--fail-on', 'all'], 'Allowed choices are any, low, medium, high'],
    ['a setting that is no number', {}, ['backtest', '--group', 'w', '--set', 'minSize=4x'], 'expected a whole number'],
    ['a time that is none', {}, ['backtest', '--group', 'w', '--set', 'minSize=4', '--until', 'abc'], 'a UTC time'],
    ['a checkout that is not there', { AWS_REGION: 'us-east-1' }, ['preview', '--repo', '/no/such'], 'no such folder'],
  ])('%s: 2', async (_what, env, args, says) => {
    const { code, out, err } = await trimtab(args, env)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(says)
    expect(err).toMatch(/^error: /)
    expect(err).not.toMatch(/\n\s+at /)
  })

  it('a table that is configured and not there: 2, with the way out', async () => {
    const env = { ...(await account(noGroups)), TRIMTAB_TABLE: 'not-there' }
    const { code, err } = await trimtab(['run'], env)
    expect(code).toBe(2)
    expect(err).toBe(
      'error: opening the table: there is no table not-there; deploy the stack, set TRIMTAB_TABLE, or let `trimtab run --create-table` make it\n',
    )
  })
})

function groupNamed(name: string) {
  return {
    AutoScalingGroupName: name,
    AutoScalingGroupARN: `arn:aws:autoscaling:us-east-1:123456789012:autoScalingGroup:x:autoScalingGroupName/${name}`,
    MinSize: 1,
    MaxSize: 2,
    DesiredCapacity: 1,
    DefaultCooldown: 300,
    AvailabilityZones: ['us-east-1a'],
    HealthCheckType: 'EC2',
    CreatedTime: new Date('2026-01-01T00:00:00Z'),
  }
}
