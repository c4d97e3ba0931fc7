import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from '@jest/globals'
import { Template } from 'aws-cdk-lib/assertions'
import { MemberAccountStack } from '../../infra/member-account-stack.js'
import { createBench, synthesizeApp } from '../support/synthesize.js'

const bench = createBench()
afterAll(bench.close)

const folder = join(import.meta.dirname, '..', 'golden', 'infra')

/** Hashes of assets are told apart from each other, not from one build to the next. */
function pageOf(template: object): string {
  const hashes = new Map<string, string>()
  const text = JSON.stringify(template, null, 1).replace(/\b[0-9a-f]{64}\b/g, (hash) => {
    const known = hashes.get(hash) ?? `asset-${hashes.size + 1}`
    hashes.set(hash, known)
    return known
  })
  return `${text}\n`
}

/** With UPDATE_GOLDENS=1 the page is written instead. */
function expectGolden(name: string, page: string): void {
  const file = join(folder, `${name}.json`)
  if (process.env.UPDATE_GOLDENS === '1') {
    mkdirSync(folder, { recursive: true })
    writeFileSync(file, page)
  }
  expect(page).toBe(readFileSync(file, 'utf8'))
}

describe('the templates that npx cdk synth makes', () => {
  it.each(['production', 'staging', 'development'])('-c environment=%s', (environment) => {
    expectGolden(environment, pageOf(synthesizeApp(bench.app(), { environment })))
  })

  it('-c template=member-account', () => {
    const stack = new MemberAccountStack(bench.app(), 'trimtab-member-account')
    expectGolden('member-account', pageOf(Template.fromStack(stack).toJSON()))
  })
})
