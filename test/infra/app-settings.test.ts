import { describe, expect, it } from '@jest/globals'
import { readAppSettings } from '../../infra/app-settings.js'
import { environmentPresets } from '../../infra/constructs/performance-optimization-construct.js'

const read = (context: Readonly<Record<string, unknown>>, env: Readonly<Record<string, string>> = {}) =>
  readAppSettings((key) => context[key], env)

describe('the settings of the app', () => {
  it('are three values for a first install, and everything else has a default', () => {
    expect(read({ application: 'shop', environment: 'staging', githubAppId: '4711' })).toEqual({
      application: 'shop',
      environment: 'staging',
      config: environmentPresets.staging,
      groups: { kind: 'tagged', tags: {} },
      githubAppId: '4711',
      memberAccounts: [],
    })
  })

  it('come from the environment too, after the command line', () => {
    const env = { TRIMTAB_APPLICATION: 'shop', TRIMTAB_ENVIRONMENT: 'staging', APP_ID: '4711', TRIMTAB_MODE: 'propose' }
    expect(read({ environment: 'dev' }, env)).toMatchObject({
      application: 'shop',
      environment: 'dev',
      config: environmentPresets.development,
      githubAppId: '4711',
      mode: 'propose',
    })
  })

  it.each([
    ['groups by name', { groups: 'web, jobs' }, { groups: { kind: 'named', names: ['web', 'jobs'] } }],
    [
      'groups by tags',
      { groupTags: 'Team=web,Tier=1' },
      { groups: { kind: 'tagged', tags: { Team: 'web', Tier: '1' } } },
    ],
    ['a secret that is there', { githubAppSecret: 'shared/github' }, { githubAppSecret: 'shared/github' }],
    ['regions', { regions: 'us-east-1,eu-west-1' }, { regions: ['us-east-1', 'eu-west-1'] }],
    ['an environment of one’s own', { environment: 'lab' }, { config: environmentPresets.other }],
    [
      'members as JSON',
      { memberAccounts: '[{"account":"111122223333","regions":["eu-west-1"],"externalId":"k"}]' },
      { memberAccounts: [{ account: '111122223333', regions: ['eu-west-1'], externalId: 'k' }] },
    ],
  ])('%s', (_what, context, expected) => {
    expect(read(context)).toMatchObject(expected)
  })

  it.each([
    ['both ways to name groups', { groups: 'web', groupTags: 'a=b' }, 'expected groups or groupTags, got both'],
    ['a tag without value', { groupTags: 'Team' }, 'expected key=value,key=value, got "Team"'],
    ['a mode that is none', { mode: 'auto' }, 'expected observe, propose or apply, got "auto"'],
    ['members without external id', { memberAccounts: [{ account: '1', regions: [] }] }, 'memberAccounts: expected'],
  ])('refuse %s', (_what, context, message) => {
    expect(() => read(context)).toThrow(message)
  })
})
