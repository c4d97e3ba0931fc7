import { expect, test } from '@jest/globals'
import { unknown } from '../../../src/core/model/fact.js'
import { spotMarketLine } from '../../../src/core/proposal/spot-market-line.js'
import { savingOf } from './builders.js'

test('what could not be read is said to be unknown, with the reason, and never a number', () => {
  const { evidence } = savingOf()
  const why = 'ec2:GetSpotPlacementScores was denied.'
  const spotMarket = { placement: unknown(why), priceMoves: unknown('no price of these types.') }
  const line = String(spotMarketLine(savingOf({ evidence: { ...evidence, spotMarket } })))
  expect(line.replaceAll(/[\\\u200b]/g, '')).toBe(
    '**Availability:** the placement score is unknown: ec2:GetSpotPlacementScores was denied. **Interruption risk:** how steady the prices are is unknown: no price of these types. Neither says how often AWS interrupts: plan for a notice of two minutes at any time.',
  )
})

test('other advice has no such line', () => {
  expect(spotMarketLine(savingOf())).toBeUndefined()
})
