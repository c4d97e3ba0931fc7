import { inspect } from 'node:util'
import { describe, expect, it } from '@jest/globals'
import { readEnvironment, tableNameOf } from '../../src/config/environment.js'
import { TrimtabError } from '../../src/core/model/errors.js'

describe('readEnvironment', () => {
  it('S49: has defaults for everything', () => {
    expect(readEnvironment({})).toEqual({
      regions: [],
      accounts: [],
      awsEndpointUrl: undefined,
      github: { kind: 'none' },
      githubApiUrl: 'https://api.github.com',
      repositories: [],
      homeRepository: undefined,
      application: 'macro-ai',
      table: undefined,
      groupTags: {},
      functions: {
        region: undefined,
        environmentName: undefined,
        groupNames: undefined,
        secret: undefined,
        webhookQueue: undefined,
        logGroup: undefined,
      },
      topics: { optimizationRecommendation: undefined, performanceAlert: undefined, costAlert: undefined },
      clockUrl: undefined,
      logLevel: 'info',
      deployment: {
        modeCeiling: 'apply',
        enableAutoScalingOptimization: undefined,
        enableCostOptimization: undefined,
        enablePerformanceMonitoring: undefined,
        environments: {},
        killSwitch: false,
        publishNamespace: undefined,
      },
    })
  })

  it('reads lists, pairs, flags and settings', () => {
    const environment = readEnvironment({
      AWS_REGION: 'us-east-1',
      TRIMTAB_REGIONS: 'eu-west-1, us-gov-west-1',
      TRIMTAB_GROUP_TAGS: 'team=shop,managed = yes',
      TRIMTAB_REPOSITORY: 'acme/infra,acme/apps',
      TRIMTAB_MODE: 'propose',
      TRIMTAB_ENABLE_COST: 'FALSE',
      TRIMTAB_ENABLE_AUTO_SCALING: 'on',
      TRIMTAB_ENABLE_MONITORING: '',
      TRIMTAB_ENVIRONMENTS: '{"production":{"costThresholds":{"maxHourlyCost":80}}}',
      TRIMTAB_TOPIC_COST: 'arn:aws:sns:us-east-1:123456789012:cost',
    })
    expect(environment).toMatchObject({
      regions: ['eu-west-1', 'us-gov-west-1'],
      groupTags: { team: 'shop', managed: 'yes' },
      repositories: ['acme/infra', 'acme/apps'],
      topics: { costAlert: 'arn:aws:sns:us-east-1:123456789012:cost' },
      deployment: {
        modeCeiling: 'propose',
        enableCostOptimization: false,
        enableAutoScalingOptimization: true,
        enablePerformanceMonitoring: undefined,
        environments: { production: { costThresholds: { maxHourlyCost: 80 } } },
      },
    })
  })

  it('reads whom a function serves, and the resources of its stack', () => {
    const secret = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:macro-ai-production-github-app-a1B2c3'
    const { functions } = readEnvironment({
      AWS_REGION: 'us-east-1',
      TRIMTAB_REGIONS: 'eu-west-1',
      TRIMTAB_ENVIRONMENT: 'prod',
      TRIMTAB_GROUP_NAMES: 'web, jobs',
      TRIMTAB_SECRET: secret,
      TRIMTAB_WEBHOOK_QUEUE: 'https://sqs.us-east-1.amazonaws.com/123456789012/macro-ai-production-webhooks',
      TRIMTAB_LOG_GROUP: '/aws/optimization/macro-ai-production',
    })
    expect(functions).toEqual({
      region: 'us-east-1',
      environmentName: 'prod',
      groupNames: ['web', 'jobs'],
      secret,
      webhookQueue: 'https://sqs.us-east-1.amazonaws.com/123456789012/macro-ai-production-webhooks',
      logGroup: '/aws/optimization/macro-ai-production',
    })
    expect(() => readEnvironment({ TRIMTAB_SECRET: 'a secret' })).toThrow(
      /TRIMTAB_SECRET: expected the ARN or name of a secret/,
    )
  })

  it('takes the region of the SDK where no list is given', () => {
    expect(readEnvironment({ AWS_DEFAULT_REGION: 'eu-west-1' }).regions).toEqual(['eu-west-1'])
    expect(readEnvironment({ AWS_REGION: 'us-east-1', AWS_DEFAULT_REGION: 'eu-west-1' }).regions).toEqual(['us-east-1'])
  })

  it('reports every bad variable in one error, with the value met and the values allowed', () => {
    const read = () =>
      readEnvironment({
        TRIMTAB_MODE: 'auto',
        TRIMTAB_GROUP_TAGS: 'nonsense',
        AWS_ENDPOINT_URL: 'localhost',
        APP_ID: 'x',
      })
    expect(read).toThrow(TrimtabError)
    for (const part of [
      /TRIMTAB_MODE: expected observe, propose or apply, got "auto"/,
      /TRIMTAB_GROUP_TAGS: expected tags as key=value/,
      /AWS_ENDPOINT_URL: expected an http/,
      /APP_ID: expected the number/,
    ])
      expect(read).toThrow(part)
  })

  it('refuses unknown keys of TRIMTAB_ENVIRONMENTS and broken JSON', () => {
    expect(() => readEnvironment({ TRIMTAB_ENVIRONMENTS: '{"production":{"maxCost":1}}' })).toThrow(/maxCost/)
    expect(() => readEnvironment({ TRIMTAB_ENVIRONMENTS: '{' })).toThrow(/expected JSON/)
  })

  it('takes an App with a key, in base64 or with folded lines, or a file', () => {
    const pem = '-----BEGIN KEY-----\nabc\n-----END KEY-----'
    for (const text of [pem, pem.replaceAll('\n', '\\n'), Buffer.from(pem).toString('base64')]) {
      const { github } = readEnvironment({ APP_ID: '7', PRIVATE_KEY: text })
      expect(github.kind === 'app' && github.privateKey.kind === 'key' && github.privateKey.key.reveal()).toBe(pem)
    }
    expect(readEnvironment({ APP_ID: '7', PRIVATE_KEY_PATH: '/key.pem' }).github).toMatchObject({
      privateKey: { kind: 'file', path: '/key.pem' },
    })
    expect(() => readEnvironment({ APP_ID: '7', GITHUB_TOKEN: 't' })).toThrow(/APP_ID is set without a key/)
  })

  it('never prints a secret', () => {
    const canary = 'canary-4711'
    const environment = readEnvironment({ APP_ID: '7', PRIVATE_KEY: `-----BEGIN ${canary}`, WEBHOOK_SECRET: canary })
    const token = readEnvironment({ GITHUB_TOKEN: canary })
    for (const value of [environment, token]) {
      expect(JSON.stringify(value)).not.toContain(canary)
      expect(inspect(value, { depth: 9 })).not.toContain(canary)
    }
    expect(token.github.kind === 'token' && `${token.github.token}`).toBe('[secret]')
  })

  it('S50: names the table of an application and environment', () => {
    expect(tableNameOf('macro-ai', 'production')).toBe('macro-ai-production-optimization-recommendations')
  })
})
