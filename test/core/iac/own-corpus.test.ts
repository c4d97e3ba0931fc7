import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from '@jest/globals'

const corpus = resolve('../shared/data/iac')
const present = existsSync(`${corpus}/cases.json`)

/** The corpus lies beside the project, not in it; where it is absent the test says so in its name and is skipped. */
const run = present ? test : test.skip

run(
  `no edit case of the corpus${present ? '' : ' (absent: ../shared/data/iac)'} is answered with a wrong edit`,
  () => {
    const result = spawnSync('node_modules/.bin/tsx', ['scripts/corpus.ts', corpus], { encoding: 'utf8' })
    const rows = new Map(
      result.stdout
        .split('\n')
        .map((line) => [line.split(' ')[0], line.trim().split(/\s+/).slice(1).map(Number)] as const),
    )
    expect(result.stdout).toContain('0 WRONG')
    expect(result.status).toBe(0)
    for (const format of [
      'terraform',
      'terragrunt',
      'cloudformation-yaml',
      'cloudformation-json',
      'beanstalk',
      'values-yaml',
      'cdk-ts',
      'pulumi-ts',
      'pulumi-yaml',
    ])
      expect(rows.get(format)?.[3]).toBe(0)
  },
  60_000,
)
