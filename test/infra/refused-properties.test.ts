import { afterAll, describe, expect, it } from '@jest/globals'
import { Duration } from 'aws-cdk-lib'
import {
  environmentPresets,
  type PerformanceOptimizationProps,
} from '../../infra/constructs/performance-optimization-construct.js'
import { createBench, synthesize } from '../support/synthesize.js'

const bench = createBench()
afterAll(bench.close)

const base = environmentPresets.production

describe('a value that cannot work is refused at synthesis', () => {
  it.each<[string, Partial<PerformanceOptimizationProps>, string]>([
    ['names too long for a function', { applicationName: 'a'.repeat(40) }, 'at most 64 characters, got 72'],
    ['an application in capitals', { applicationName: 'Shop' }, 'applicationName: expected small letters'],
    ['no groups', { autoScalingGroup: [] }, 'got an empty list'],
    ['a tag that cannot be written', { autoScalingGroup: { tags: { a: 'b,c' } } }, 'without commas'],
    [
      'an interval of five minutes',
      { optimizationConfig: { ...base, analysisInterval: Duration.minutes(5) } },
      '10 minutes to 1 day',
    ],
    [
      'a target over 100 %',
      {
        optimizationConfig: {
          ...base,
          performanceThresholds: { ...base.performanceThresholds, cpuUtilizationTarget: 130 },
        },
      },
      'performanceThresholds.cpuUtilizationTarget',
    ],
    [
      'a repository without owner',
      { homeRepository: 'infrastructure' },
      'TRIMTAB_HOME_REPOSITORY: expected a repository',
    ],
    [
      'an account that is none',
      { memberAccounts: [{ account: '12', regions: [], externalId: 'x' }] },
      'twelve digits, got "12"',
    ],
    [
      'more accounts than a function can be told of',
      {
        memberAccounts: Array.from({ length: 40 }, (_, at) => ({
          account: String(100_000_000_000 + at),
          regions: ['eu-west-1'],
          externalId: 'kestrel-4711',
        })),
      },
      'in TRIMTAB_ACCOUNTS: choose groups by tags, or share the accounts',
    ],
    [
      'an account without regions',
      { memberAccounts: [{ account: '111122223333', regions: [], externalId: 'x' }] },
      'expected a region of 111122223333, got none',
    ],
    ['an App by name', { githubAppId: 'trimtab' }, 'githubAppId: expected the number'],
  ])('%s', (_what, props, message) => {
    expect(() => synthesize(bench.app(), props)).toThrow(message)
  })
})
