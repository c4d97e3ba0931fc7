import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import Ajv from 'ajv'
import { configurationJsonSchema, configurationReference } from '../../src/config/configuration-reference.js'

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')

describe('configuration reference', () => {
  it('is the page that the schemas give: npx tsx scripts/generate-docs.ts renews it', () => {
    expect(read('docs/configuration.md')).toBe(configurationReference())
    expect(read('schema/trimtab.schema.json')).toBe(configurationJsonSchema())
  })

  it('has a sentence and a default for every key', () => {
    const rows = configurationReference()
      .split('\n')
      .filter((line) => line.startsWith('| `'))
    expect(rows.length).toBeGreaterThan(80)
    for (const row of rows) expect(row).toMatch(/\w.*\. \|$/)
    expect(configurationReference()).not.toContain('undefined')
  })

  it('accepts and refuses in the JSON Schema what the reader accepts and refuses', () => {
    const validate = new Ajv.default({ strict: false }).compile(JSON.parse(configurationJsonSchema()))
    expect(validate({ environments: { prod: { mode: 'apply' } } })).toBe(true)
    expect(validate({ environments: { prod: { mode: 'auto' } } })).toBe(false)
    expect(validate({ enviroments: {} })).toBe(false)
  })
})
