import type { BackTest, ZoneLoss } from '../model/back-test.js'
import type { Declined } from '../model/change.js'
import type { ValueEdit } from '../model/code.js'
import type { Group } from '../model/group.js'
import type { Policy } from '../model/policy.js'
import type { Recommendation } from '../model/recommendation.js'
import { backTestTable, worstDayChart } from './back-test-table.js'
import { evidenceLines } from './evidence-lines.js'
import { dayOf, dollars, minutes, percent } from './figures.js'
import { code, escaped, type Markdown, md, own } from './markdown.js'
import { markerOf } from './marker.js'
import type { PageView } from './pages.js'
import { changesAsSentence, changesInWords, groupNameOf, settingChanges } from './settings-words.js'

export interface ProvedEdit {
  readonly edits: readonly ValueEdit[]
  /** How many values of the edited files the second parser compared; only the edited ones differ. */
  readonly valuesCompared: number
}

export interface PullRequestPage {
  readonly recommendation: Recommendation
  readonly group: Group
  readonly policy: Policy
  readonly proof: ProvedEdit
  /** The refusal that this page overrides with new evidence. */
  readonly earlierNo?: Declined
}

const titleLimit = 72

/**
 * @example titleOf(recommendation) // 'shop-web: minimum 8 → 5, saves $347 a month'
 */
export function titleOf(recommendation: Recommendation): string {
  const group = groupNameOf(recommendation.groupKey)
  const gain = gainInTitle(recommendation.monthlyUsd)
  const full = `${group}: ${changesInWords(recommendation.from, recommendation.to)}${gain}`
  if (full.length <= titleLimit) return full
  const first = settingChanges(recommendation.from, recommendation.to)[0]
  const short = `${group}: ${first ? `${first.short} ${first.from} → ${first.to}` : recommendation.type}${gain}`
  return short.length <= titleLimit ? short : `${short.slice(0, titleLimit - 1)}…`
}

/** `trimtab/shop-web-min-1f3c9a0b77aa`: the same for the same change, and safe as a git ref. */
export function branchOf(recommendation: Recommendation, suffix = ''): string {
  const slug = groupNameOf(recommendation.groupKey)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40)
  return `trimtab/${slug || 'group'}-${recommendation.changeId}${suffix}`
}

/** The view of `templates/pull-request.hbs`, in the order of a reviewer's questions. */
export function pullRequestView(page: PullRequestPage): PageView {
  const { recommendation, group, policy } = page
  const { today, proposed } = recommendation.evidence
  const compared = today && proposed
  return {
    sentence: changesAsSentence(group.name, group.environment, recommendation.from, recommendation.to),
    gain: gainLine(recommendation),
    table: compared ? backTestTable(recommendation.evidence, today, proposed, policy) : undefined,
    picture: compared ? worstDayChart(today, proposed) : undefined,
    ifWrong: ifWrong(page),
    notChanged: notChanged(recommendation),
    earlierNo: page.earlierNo ? earlierNoLine(page.earlierNo) : undefined,
    evidence: [...evidenceLines(recommendation), ...proofLines(page.proof)],
    marker: markerOf('change', recommendation.changeId),
  }
}

/** First line of the commit; the body names the change and how it was proved. */
export function commitMessageOf(recommendation: Recommendation, proof: ProvedEdit): string {
  const places = proof.edits.map((edit) => `${edit.file}:${edit.line} ${edit.oldText} -> ${edit.newText}`)
  return `${titleOf(recommendation)}\n\n${places.join('\n')}\n\nTrimtab-Change: ${recommendation.changeId}\n`
}

/** One line an edit: where, from what to what, and that nothing else differs. */
export function proofLines(proof: ProvedEdit): readonly Markdown[] {
  const only = proof.edits.length === 1 ? 'is the only value' : 'are the only values'
  const places = proof.edits.map(
    (edit) => md`${code(`${edit.file}:${edit.line}`)} ${code(edit.before.trim())} → ${code(edit.after.trim())}`,
  )
  return [
    ...places,
    md`${own(proof.edits.length === 1 ? 'this' : 'these')} ${own(only)} of ${proof.valuesCompared} that differ${own(proof.edits.length === 1 ? 's' : '')} after the edit, as a second, independent parser reads the files`,
  ]
}

/** Saving or price, share, and what the replay showed. */
export function gainLine(recommendation: Recommendation): Markdown {
  const { proposed, demandMargin } = recommendation.evidence
  const replay = proposed ? md` ${replayLine(proposed, demandMargin)}` : own('')
  return md`${moneyLine(recommendation)}${replay}`
}

function moneyLine(recommendation: Recommendation): Markdown {
  const { monthlyUsd, monthlyUsdRange, expectedImpact } = recommendation
  if (monthlyUsd === 0) return md`${escaped(recommendation.description)} It neither saves nor costs.`
  if (monthlyUsd < 0)
    return md`Costs **${dollars(-monthlyUsd)} a month** more while it lasts: ${escaped(recommendation.description)}`
  const range = monthlyUsdRange ? md` (${dollars(monthlyUsdRange[0])}–${dollars(monthlyUsdRange[1])})` : own('')
  const share =
    expectedImpact.costSavings === undefined ? own('') : md`, ${percent(expectedImpact.costSavings)} of this group`
  return md`Saves **${dollars(monthlyUsd)} a month**${range}${share}.`
}

function replayLine(proposed: BackTest, margin: number): Markdown {
  return md`On your own traffic × ${own(margin.toFixed(2))}, replayed on the new setting: **${minutes(proposed.minutesAbove100)}** above 100 % CPU, ${minutes(proposed.minutesAbove90)} above 90 %; ${zoneLine(proposed.zoneLoss)}.`
}

function zoneLine(zoneLoss: ZoneLoss): Markdown {
  switch (zoneLoss.kind) {
    case 'survives':
      return own('one zone lost at the worst hour is carried by the others')
    case 'recovers':
      return md`one zone lost at the worst hour: ${minutes(zoneLoss.breachMinutes)} over 100 %, until replacements serve after ${minutes(zoneLoss.replacementMinutes)}`
    case 'breaches':
      return md`one zone lost at the worst hour: ${minutes(zoneLoss.breachMinutes)} over 100 %`
    case 'not-tested':
      return md`loss of a zone was not replayed: ${escaped(zoneLoss.why)}`
  }
}

function ifWrong(page: PullRequestPage): Markdown {
  const watch = own(
    'the same hours of the week are compared for 7 days after the deployment, and the verdict, kept or not, is written here',
  )
  const acting =
    page.group.scalingPolicies.kind === 'known' && page.group.scalingPolicies.value.some((policy) => policy.enabled)
  if (!acting)
    return md`no scaling policy adds instances by itself: revert this pull request. ${own(watch.charAt(0).toUpperCase() + watch.slice(1))}.`
  return md`the scaling policy adds instances as it does today, and the replay includes its delay; ${watch}.`
}

function notChanged(recommendation: Recommendation): Markdown {
  const { to } = recommendation
  if (to.instanceType !== undefined)
    return own(
      'running instances keep their type until they are replaced: start an instance refresh after the deployment.',
    )
  if (to.maxSize !== undefined && to.minSize === undefined)
    return own('nothing starts by itself: the higher maximum is only room.')
  if (to.desiredCapacity !== undefined)
    return own('nothing until the code is deployed; then the group moves to the new number.')
  return own('running instances stay until the autoscaler removes them.')
}

function earlierNoLine(no: Declined): Markdown {
  const because = no.because ? md` (${escaped(no.because)})` : own('')
  return md`${code(no.by)} said no on ${dayOf(no.at)}${because}, when the saving was ${dollars(no.monthlyUsd)} a month.`
}

function gainInTitle(monthlyUsd: number): string {
  if (monthlyUsd === 0) return ''
  return monthlyUsd > 0 ? `, saves ${dollars(monthlyUsd)} a month` : `, costs ${dollars(-monthlyUsd)} a month`
}
