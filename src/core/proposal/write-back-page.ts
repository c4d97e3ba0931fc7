import type { Application } from '../model/change.js'
import { groupNameOf } from '../model/group.js'
import type { Recommendation } from '../model/recommendation.js'
import { evidenceLines } from './evidence-lines.js'
import { dollars, timeOfDay } from './figures.js'
import { reasonOf } from './gain-line.js'
import { code, escaped, inert, md, own } from './markdown.js'
import { markerOf } from './marker.js'
import type { PageView } from './pages.js'
import { type ProvedEdit, proofLines } from './proof-lines.js'
import { groupOnPage } from './settings-words.js'

/** @example writeBackTitle(recommendation, application) // 'shop-web: keep capacity 6 in the code, applied live' */
export function writeBackTitle(recommendation: Recommendation, application: Application): string {
  return `${inert(groupNameOf(recommendation.groupKey), 30)}: keep capacity ${application.to} in the code, applied live`
}

/** The page of the pull request that keeps the code from undoing a live scale-up. */
export function writeBackView(recommendation: Recommendation, application: Application, proof: ProvedEdit): PageView {
  const group = groupNameOf(recommendation.groupKey)
  return {
    sentence: md`Capacity of ${groupOnPage(group, recommendation.environment)} from ${application.from} to ${application.to}, as it already runs.`,
    group: code(group),
    from: own(String(application.from)),
    appliedAt: md`${timeOfDay(application.startedAt)} UTC`,
    why: md`${reasonOf(recommendation) ?? escaped(recommendation.description)}.`,
    cost: md`The ${application.to - application.from} added instances run already and cost **${dollars(Math.abs(recommendation.monthlyUsd))} a month** while they do.`,
    to: own(String(application.to)),
    notChanged: own('nothing: the live group has this capacity already.'),
    evidence: evidenceLines(recommendation, proofLines(proof), own('the new setting on the recorded demand')),
    marker: markerOf('change', `${recommendation.changeId}.write-back`),
  }
}
