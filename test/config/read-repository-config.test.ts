import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { faultText } from '../../src/config/config-fault.js'
import { type ConfigFault, readRepositoryConfig } from '../../src/config/read-repository-config.js'

const file = '.github/trimtab.yml'

function faultsOf(text: string): readonly ConfigFault[] {
  const read = readRepositoryConfig(text, file)
  return read.kind === 'faults' ? read.faults : []
}

const whole = `version: 1
homeRepository: acme/infra
mode: propose
timeZone: Europe/Vienna
labels: [cost, trimtab]
metrics:
  memoryMetric: memory_percent
defaults:
  window: { lookbackDays: 28 }
environments:
  prod:
    mode: apply
    performanceThresholds: &targets
      cpuUtilizationTarget: 65
    freezes:
      - from: 2026-12-20
        until: 2027-01-02T06:00Z
        why: Christmas business
  staging:
    performanceThresholds: *targets
groups:
  shop-web:
    path: env/prod/main.tf
    address: module.web.aws_autoscaling_group.this
    criticality: high
`

describe('readRepositoryConfig', () => {
  it('reads a whole configuration, aliases included', () => {
    const read = readRepositoryConfig(whole, file)
    expect(read.kind === 'config' && read.config).toMatchObject({
      mode: 'propose',
      environments: {
        prod: { mode: 'apply', freezes: [{ from: '2026-12-20' }] },
        staging: { performanceThresholds: { cpuUtilizationTarget: 65 } },
      },
      groups: { 'shop-web': { criticality: 'high' } },
    })
  })

  it.each(['', '# nothing yet\n', '---\n', '{}'])('takes an empty file as no settings: %j', (text) => {
    expect(readRepositoryConfig(text, file)).toEqual({ kind: 'config', config: {} })
  })

  it('reports a bad mode with its line, the values allowed and the one probably meant', () => {
    const [fault] = faultsOf('version: 1\nenvironments:\n  prod:\n    mode: "auto"\n')
    expect(fault && faultText(file, fault)).toBe(
      `${file}:4: environments.prod.mode: expected observe, propose or apply, got "auto"\n` +
        '  did you mean: apply   (docs/configuration.md)',
    )
  })

  it('reports all faults at once, in order of lines', () => {
    const text = `mode: 3
timezone: UTC
environments:
  prod:
    performanceThresholds:
      cpuUtilisationTarget: 60
      memoryUtilizationTarget: 130
    analysisInterval: 1x
    killSwitch: yes please
    freezes:
      - from: 2026-12-20
        until: 2026-12-01
        why: swapped
  "bad name!": {}
groups:
  web:
    pin: maybe
    environment:
`
    expect(faultsOf(text).map((fault) => faultText(file, fault).split('\n')[0])).toEqual([
      `${file}:1: mode: expected observe, propose or apply, got 3`,
      expect.stringContaining(`${file}:2: timezone: unknown key, expected one of version, homeRepository`),
      expect.stringContaining(`${file}:6: environments.prod.performanceThresholds.cpuUtilisationTarget: unknown key`),
      `${file}:7: environments.prod.performanceThresholds.memoryUtilizationTarget: expected at most 100, got 130`,
      `${file}:8: environments.prod.analysisInterval: expected a duration of 10 minutes or more, such as 30m, 1h or 1d, got "1x"`,
      `${file}:9: environments.prod.killSwitch: expected true or false, got "yes please"`,
      `${file}:11: environments.prod.freezes.0: expected until to be later than from, got keys with values`,
      `${file}:14: environments.bad name!: expected a name of letters, digits, - and _, got "bad name!"`,
      `${file}:17: groups.web.pin: expected true or false, got "maybe"`,
      `${file}:18: groups.web.environment: expected text, got nothing`,
    ])
    const meant = faultsOf(text).flatMap((fault) => fault.didYouMean ?? [])
    expect(meant).toEqual(['timeZone', 'cpuUtilizationTarget'])
  })

  it('refuses an environment that is set under two of its names', () => {
    expect(faultsOf('environments:\n  prod: {}\n  Production: {}\n')).toEqual([
      {
        line: 3,
        path: 'environments.Production',
        message: 'expected production once, it is already set as prod',
      },
    ])
  })

  it.each([
    ['a list', '- 1\n', 'expected keys with values, got a list'],
    ['a word', 'hello\n', 'expected keys with values, got "hello"'],
    ['a number where text belongs', 'timeZone: 5\n', 'expected text, got 5'],
    [
      'an unknown time zone',
      'timeZone: Mars/Olympus\n',
      'expected a time zone such as Europe/Vienna, got "Mars/Olympus"',
    ],
    ['a bad repository', 'homeRepository: infra\n', 'expected a repository as owner/name, got "infra"'],
    ['half a week', 'defaults:\n  window:\n    lookbackDays: 10\n', 'expected a multiple of 7, got 10'],
    ['a namespace of AWS', 'metrics: { publishNamespace: AWS/EC2 }\n', expect.stringContaining('AWS/')],
    ['a prototype', '__proto__: { mode: apply }\n', expect.stringContaining('unknown key')],
    [
      'a merge key',
      'defaults: &d { mode: observe }\nenvironments:\n  prod:\n    <<: *d\n',
      expect.stringContaining('unknown key'),
    ],
  ])('refuses %s', (_, text, message) => {
    expect(faultsOf(text).map((fault) => fault.message)).toEqual([message])
  })

  it('names the line of broken YAML', () => {
    expect(faultsOf('mode: observe\nlabels: [a, b\n')[0]).toMatchObject({
      line: expect.any(Number),
      message: expect.stringContaining('is not readable as YAML'),
    })
    expect(faultsOf('mode: observe\nmode: apply\n')[0]).toMatchObject({ line: 2 })
  })

  const hostile: readonly (readonly [string, string])[] = [
    ['open brackets', '['.repeat(1500) + ']'.repeat(1500)],
    ['open braces', '{a: '.repeat(1500)],
    ['a run of dashes', '- '.repeat(20_000)],
    ['a run of question marks', '? '.repeat(20_000)],
    ['brackets with closers hidden in strings', '[ "]", '.repeat(3000)],
    ['indentation', Array.from({ length: 200 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join('')],
    ['dashes under dashes', Array.from({ length: 200 }, (_, depth) => `${' '.repeat(depth)}-\n`).join('')],
    ['nesting after a harmless start', `mode: observe\nlabels: ${'['.repeat(400)}`],
    ['many keys', Array.from({ length: 9000 }, (_, key) => `k${key}:`).join('\n')],
    ['a long list', `labels: [${'1,'.repeat(20_000)}]`],
    ['a file of 70 KB', `# ${'x'.repeat(70_000)}`],
    [
      'multiplying aliases',
      `a: &a [x]\n${'bcdefgh'
        .split('')
        .map((n, i) => `${n}: &${n} [${`*${'abcdefg'[i]},`.repeat(9)}]`)
        .join('\n')}`,
    ],
  ]

  it.each(hostile)('refuses %s before the parser can be hurt, fifty times over', (_, text) => {
    for (let round = 0; round < 50; round += 1) expect(readRepositoryConfig(text, file).kind).toBe('faults')
  })

  it('never throws, whatever the text', () => {
    const words = [
      'mode',
      ': ',
      'apply',
      '\n',
      '  ',
      '- ',
      '[',
      ']',
      '{',
      '}',
      '&a',
      '*a',
      '|',
      '"',
      "'",
      '? ',
      '#',
      '\t',
      '!x',
      '%',
      '1',
      ',',
    ]
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 4 })), { maxLength: 40 }),
        (parts) => {
          const read = readRepositoryConfig(parts.join(''), file)
          if (read.kind === 'faults') for (const fault of read.faults) expect(fault.line).toBeGreaterThanOrEqual(1)
        },
      ),
      { numRuns: 1500 },
    )
  })
})
