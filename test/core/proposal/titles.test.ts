import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { Settings, SpotMix } from '../../../src/core/model/configuration.js'
import { quoted } from '../../../src/core/proposal/markdown.js'
import { branchOf, titleOf } from '../../../src/core/proposal/pull-request-page.js'
import { savingOf } from './builders.js'

function titled(name: string, from: Settings, to: Settings, monthlyUsd: number): string {
  return titleOf(savingOf({ groupKey: `123456789012/us-east-1/${name}`, from, to, monthlyUsd }))
}

function mix(onDemandPercentageAboveBaseCapacity: number, overrides: readonly string[]): SpotMix {
  const spotAllocationStrategy = 'price-capacity-optimized'
  return { onDemandBaseCapacity: 0, onDemandPercentageAboveBaseCapacity, spotAllocationStrategy, overrides }
}

describe('a title', () => {
  it.each<readonly [string, string, Settings, Settings, number]>([
    ['shop-web: minimum 8 → 5, saves $347 a month', 'shop-web', { minSize: 8 }, { minSize: 5 }, 347.2],
    ['shop-web: maximum 12 → 16, costs up to $561 a month', 'shop-web', { maxSize: 12 }, { maxSize: 16 }, -560.64],
    [
      'kestrel-staging-encoders: on-demand → 100 % spot, saves $333 a month',
      'kestrel-staging-encoders',
      { spotMix: mix(100, ['m6i.xlarge']) },
      { spotMix: mix(0, ['m6a.xlarge', 'm5a.xlarge']) },
      333.07,
    ],
    ['shop-web: CPU target 60 → 50', 'shop-web', { targetValue: 60 }, { targetValue: 50 }, 0],
  ])('is %s', (title, name, from, to, usd) => {
    expect(titled(name, from, to, usd)).toBe(title)
  })

  it('has at most 72 characters and never loses the gain, whatever the name', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 255 }), (name) => {
        const title = titled(name, { instanceType: 'm6i.32xlarge' }, { instanceType: 'c6i.32xlarge' }, 12_347)
        expect(title.length).toBeLessThanOrEqual(72)
        expect(title).toMatch(/c6i\.32xlarge, saves \$12,347 a month$/)
      }),
    )
  })
})

describe('a branch', () => {
  it('is a valid git ref, whatever the name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 255 }), (name) => {
        expect(branchOf(savingOf({ groupKey: `1/us-east-1/${name}` }))).toMatch(/^trimtab\/[a-z0-9][a-z0-9-]*[a-z0-9]$/)
      }),
    )
  })
})

describe('a quoted hint', () => {
  it('shows places in code as code', () => {
    expect(quoted('computed: `a = b` (live/x.tf:14)')).toContain('(`live/x.tf:14`\\)')
  })
})
