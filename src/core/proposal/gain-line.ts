import type { BackTest, ZoneLoss } from '../model/back-test.js'
import type { Evidence, Recommendation } from '../model/recommendation.js'
import { count, daysBetween, dollars, minutes, percent } from './figures.js'
import { escaped, type Markdown, md, own } from './markdown.js'

/** Saving or price, share of the group's cost, and what the replay showed. */
export function gainLine(recommendation: Recommendation): Markdown {
  const { evidence } = recommendation
  const replay = evidence.proposed ? md` ${replayLine(evidence, evidence.proposed)}` : own('')
  return md`${moneyLine(recommendation)}${replay}`
}

/** What made the advice, where its description gives a reason: `CPU was at 90 % or more for 30 minutes`. */
export function reasonOf({ description }: Pick<Recommendation, 'description'>): Markdown | undefined {
  const reason = description.split(': ').slice(1).join(': ').replace(/\.$/, '')
  return reason === '' ? undefined : escaped(reason)
}

function moneyLine(recommendation: Recommendation): Markdown {
  const { monthlyUsd, monthlyUsdRange, expectedImpact, to } = recommendation
  const reason = reasonOf(recommendation)
  const because = reason ? md`: ${reason}` : own('')
  if (Math.abs(monthlyUsd) < 0.5) return md`Neither saves nor costs${because}.`
  if (monthlyUsd < 0 && to.maxSize !== undefined)
    return md`Costs up to **${dollars(-monthlyUsd)} a month**, only for the hours in which demand needs it${because}.`
  if (monthlyUsd < 0) return md`Costs **${dollars(-monthlyUsd)} a month** while it lasts${because}.`
  const range = monthlyUsdRange ? md` (${dollars(monthlyUsdRange[0])}–${dollars(monthlyUsdRange[1])})` : own('')
  const share =
    expectedImpact.costSavings === undefined ? own('') : md`, ${percent(expectedImpact.costSavings)} of this group`
  return md`Saves **${dollars(monthlyUsd)} a month**${range}${share}.`
}

function replayLine({ windowStartAt, windowEndAt, demandMargin }: Evidence, proposed: BackTest): Markdown {
  const days = daysBetween(windowStartAt, windowEndAt)
  return md`On your own traffic of the last ${days} days × ${count(demandMargin, 2)}, replayed on the new setting: **${minutes(proposed.minutesAbove100)}** above 100 % CPU, ${minutes(proposed.minutesAbove90)} above 90 %; ${zoneLine(proposed.zoneLoss)}.`
}

function zoneLine(zoneLoss: ZoneLoss): Markdown {
  switch (zoneLoss.kind) {
    case 'survives':
      return own('one zone lost at the worst hour is carried by the others')
    case 'recovers':
      return md`one zone lost at the worst hour: ${minutes(zoneLoss.breachMinutes)} above 100 %, and replacements serve after ${minutes(zoneLoss.replacementMinutes)}`
    case 'breaches':
      return md`one zone lost at the worst hour: ${minutes(zoneLoss.breachMinutes)} above 100 %, though replacements serve after ${minutes(zoneLoss.replacementMinutes)}`
    case 'not-tested':
      return md`loss of a zone was not replayed: ${escaped(zoneLoss.why)}`
  }
}
