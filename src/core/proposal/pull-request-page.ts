import type { Declined } from '../model/change.js'
import type { Settings } from '../model/configuration.js'
import type { Group } from '../model/group.js'
import { groupNameOf } from '../model/group.js'
import type { Policy } from '../model/policy.js'
import type { Recommendation } from '../model/recommendation.js'
import { backTestTable } from './back-test-table.js'
import { evidenceLines } from './evidence-lines.js'
import { count, dayOf, dollars } from './figures.js'
import { gainLine } from './gain-line.js'
import { ifWrong, notChanged, parameterKept } from './if-wrong.js'
import { code, escaped, inert, type Markdown, md, own } from './markdown.js'
import { markerOf } from './marker.js'
import type { PageView } from './pages.js'
import { type ProvedEdit, proofLines } from './proof-lines.js'
import { changesInWords, settingChanges, shortened, wantedSentence } from './settings-words.js'
import { spotMarketLine } from './spot-market-line.js'
import { worstDayChart } from './worst-day-chart.js'

export interface PullRequestPage {
  readonly recommendation: Recommendation
  readonly group: Group
  readonly policy: Policy
  readonly proof: ProvedEdit
  /** The refusal that this page overrides with new evidence. */
  readonly earlierNo?: Declined | undefined
  /** How earlier promises of the same type were kept. */
  readonly promises?: EarlierPromises | undefined
  /** The same kind of change on the staging twin that was verified. */
  readonly staged?: Recommendation | undefined
}

export interface EarlierPromises {
  readonly changes: number
  readonly kept: number
  /** Median of verified ÷ promised. */
  readonly factor: number
}

const titleLimit = 72
const shortestGroup = 16

/**
 * Group, change and gain in 72 characters: the group's name is cut before the change, and the gain never.
 * @example titleOf(recommendation) // 'shop-web: minimum 8 → 5, saves $347 a month'
 */
export function titleOf(recommendation: Recommendation): string {
  const { from, to, monthlyUsd, description } = recommendation
  const changes = settingChanges(from, to)
  if (changes.length === 0) return shortened(description.split(': ')[0] as string, titleLimit)
  const group = inert(groupNameOf(recommendation.groupKey))
  const gain = gainInTitle(monthlyUsd, to)
  const room = titleLimit - gain.length - Math.min(group.length, shortestGroup) - 2
  // `on-demand → 100 % spot` says what it is by itself, and leaves room for the group's name.
  const words = changes.map(({ key, short, from, to }) => `${key === 'spotMix' ? '' : `${short} `}${from} → ${to}`)
  const all = words.join(', ')
  const shown = shortened(all.length <= room ? all : (words[0] as string), room)
  return `${shortened(group, titleLimit - gain.length - shown.length - 2)}: ${shown}${gain}`
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
    sentence: wantedSentence(recommendation, group),
    gain: gainLine(recommendation),
    market: spotMarketLine(recommendation),
    table: compared ? backTestTable(recommendation.evidence, today, proposed, policy) : undefined,
    picture: compared ? worstDayChart(today, proposed) : undefined,
    ifWrong: ifWrong(recommendation, group),
    notChanged: md`${notChanged(recommendation, group)}${parameterKept(page.proof)}`,
    earlierNo: page.earlierNo ? earlierNoLine(page.earlierNo) : undefined,
    evidence: [
      ...(page.staged ? [stagedLine(page.staged)] : []),
      ...(page.promises ? [promisesLine(page.promises, recommendation)] : []),
      ...evidenceLines(recommendation, proofLines(page.proof)),
    ],
    marker: markerOf('change', recommendation.changeId),
  }
}

/** First line of the commit; the body names the change and how it was proved. */
export function commitMessageOf(recommendation: Recommendation, proof: ProvedEdit): string {
  const places = proof.edits.map((edit) => inert(`${edit.file}:${edit.line} ${edit.oldText} -> ${edit.newText}`, 300))
  return `${titleOf(recommendation)}\n\n${places.join('\n')}\n\nTrimtab-Change: ${recommendation.changeId}\n`
}

function gainInTitle(monthlyUsd: number, to: Settings): string {
  if (Math.abs(monthlyUsd) < 0.5) return ''
  if (monthlyUsd > 0) return `, saves ${dollars(monthlyUsd)} a month`
  return `, costs ${to.maxSize === undefined ? '' : 'up to '}${dollars(-monthlyUsd)} a month`
}

function stagedLine({ groupKey, from, to, change }: Recommendation): Markdown {
  const said = change.verification ? md`: ${escaped(change.verification.summary)}` : own('')
  return md`first in staging: ${code(groupNameOf(groupKey))}, ${escaped(changesInWords(from, to))}, kept${said}`
}

/** The correction by what earlier promises came to. */
function promisesLine({ changes, kept, factor }: EarlierPromises, { monthlyUsd }: Recommendation): Markdown {
  const corrected = monthlyUsd > 0 ? md`: by that, ${dollars(monthlyUsd * factor)} a month` : own('')
  return md`${kept} of ${changes} earlier promises of this kind were kept; measured ÷ promised was ${count(factor, 2)} (median)${corrected}`
}

function earlierNoLine(no: Declined): Markdown {
  const because = no.because ? md` (${escaped(no.because)})` : own('')
  return md`${code(no.by)} said no on ${dayOf(no.at)}${because}, when the saving was ${dollars(no.monthlyUsd)} a month.`
}
