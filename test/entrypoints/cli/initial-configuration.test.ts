import { expect, it } from '@jest/globals'
import { readRepositoryConfig } from '../../../src/config/read-repository-config.js'
import { initialConfiguration } from '../../../src/entrypoints/cli/init/initial-configuration.js'
import { groupWith } from '../../support/group.js'
import { golden } from './golden.js'

it('is the golden file for a team with a tagged, an untagged and an unmeasured group', () => {
  const groups = [
    groupWith({ name: 'shop-web', tags: { Environment: 'production', 'trimtab:apply': 'true' } }),
    groupWith({ name: 'reports', environmentFrom: 'default', enabledMetrics: [] }),
    groupWith({ name: 'shop-web-staging', environment: 'staging' }),
  ]
  const text = initialConfiguration(groups, ['us-east-1'])
  expect(text).toBe(golden('init.yml', text))
})

it.each([
  [
    'names that YAML would read as something else',
    ['true', 'null', '12', '- a', 'a: b', '#', '"', "it's", '*x', '&y', '{z}', ' '],
  ],
  ['names with line ends and marks', ['a\nkillSwitch: true', '\u202eevil', 'x\ty', '%TAG']],
  ['more groups than a file may hold', Array.from({ length: 2000 }, (_, i) => `group-with-a-rather-long-name-${i}`)],
  ['no groups', []],
])('is valid with %s', (_what, names) => {
  const text = initialConfiguration(
    names.map((name) => groupWith({ name })),
    ['us-east-1'],
  )
  const read = readRepositoryConfig(text, 'trimtab.yml')
  expect(read).toMatchObject({ kind: 'config', config: { mode: 'observe' } })
  expect(text.length).toBeLessThan(64_000)
  if (read.kind === 'config' && names.length < 100)
    expect(Object.keys(read.config.groups ?? {}).sort()).toEqual([...names].sort())
})

it('has settings that hold as they stand, and can be uncommented', () => {
  const text = initialConfiguration([groupWith(), groupWith({ environment: 'staging' })], ['us-east-1'])
  const uncommented = text.replace(/# (\w+Thresholds: )/g, '$1')
  expect(uncommented).not.toBe(text)
  expect(readRepositoryConfig(uncommented, 'trimtab.yml')).toMatchObject({
    kind: 'config',
    config: { environments: { staging: { performanceThresholds: { cpuUtilizationTarget: 75 } } } },
  })
})

it('leaves an environment whose name the schema refuses as a comment', () => {
  const text = initialConfiguration([groupWith({ environment: 'prod eu\nmode: apply' })], ['us-east-1'])
  expect(readRepositoryConfig(text, 'trimtab.yml')).toMatchObject({ kind: 'config', config: { mode: 'observe' } })
  expect(text).toContain('# prod eu mode: apply: expected a name of letters')
})
