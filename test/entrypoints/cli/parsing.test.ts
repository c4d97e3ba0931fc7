import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { readSettings } from '../../../src/entrypoints/cli/read-settings.js'
import { readTime } from '../../../src/entrypoints/cli/read-time.js'
import { cellsOf } from '../../../src/entrypoints/cli/table-text.js'
import { printable } from '../../../src/entrypoints/cli/terminal.js'

describe('a time on the command line', () => {
  it.each([
    ['2026-11-23T10:00Z', '2026-11-23T10:00:00.000Z'],
    ['2026-11-23T10:00:30.250Z', '2026-11-23T10:00:30.250Z'],
    ['2026-11-23', '2026-11-23T00:00:00.000Z'],
  ])('%s is %s', (text, at) => {
    expect(readTime('--until', text).toISOString()).toBe(at)
  })

  it.each(['', 'abc', '2026-02-30', '2026-11-23T10:00', '2026-11-23T25:00Z', '23.11.2026', '1790000000', 'yesterday'])(
    '%p is refused with an example',
    (text) => {
      expect(() => readTime('--until', text)).toThrow(`expected a UTC time such as 2026-11-23T10:00Z, got "${text}"`)
    },
  )

  it('is read back as our own pages write it', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2020-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
        (date) => {
          expect(readTime('--until', date.toISOString())).toEqual(date)
        },
      ),
    )
  })
})

describe('settings on the command line', () => {
  it('are whole numbers, a percentage and a type', () => {
    expect(readSettings(['minSize=0', 'maxSize=12', 'targetValue=62.5', 'instanceType=c6i.2xlarge'])).toEqual({
      minSize: 0,
      maxSize: 12,
      targetValue: 62.5,
      instanceType: 'c6i.2xlarge',
    })
  })

  it.each([
    'minSize',
    'minSize=',
    'minSize=abc',
    'minSize=4x',
    'minSize=-1',
    'minSize=1.5',
    'minSize=1e3',
    'minSize=0x10',
    'minSize= 4',
    'minSize=99999',
    'targetValue=0',
    'targetValue=101',
    'instanceType=big',
    'spotMix=1',
    'toString=1',
    '__proto__=1',
  ])('%p is refused', (pair) => {
    expect(() => readSettings([pair])).toThrow(/^--set .*expected/)
  })

  it('are refused when given twice or not at all', () => {
    expect(() => readSettings(['minSize=4', 'minSize=5'])).toThrow('got it twice')
    expect(() => readSettings([])).toThrow('at least one KEY=VALUE')
  })
})

describe('outside text on a terminal', () => {
  it('is one line without control or invisible characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(printable(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
      }),
    )
    expect(printable('web\u001b[2J\n\u202ex')).toBe('web[2J x')
  })
})

describe('a row of a page as terminal cells', () => {
  it('loses its marks and keeps escaped bars', () => {
    expect(cellsOf('| `m6i.large` | 8 – 14 |  | a\\|b |')).toEqual(['m6i.large', '8 – 14', '', 'a|b'])
  })
})
