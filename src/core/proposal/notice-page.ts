import { groupNameOf } from '../model/group.js'
import type { Recommendation } from '../model/recommendation.js'
import { evidenceLines } from './evidence-lines.js'
import { count, minutes, percent, timeOfDay } from './figures.js'
import { gainLine } from './gain-line.js'
import { code, escaped, type Markdown, md, own } from './markdown.js'
import { markerOf } from './marker.js'
import type { PageView } from './pages.js'
import { wantedSentence } from './settings-words.js'
import { spotMarketLine } from './spot-market-line.js'

/** One short page: a bold first sentence, the rest of it, and points where there are any. */
export function noticeView(name: string, headline: Markdown, text: Markdown, rows: readonly Markdown[] = []): PageView {
  return { headline, text, rows, marker: markerOf('reply', name) }
}

/** The answer to `/trimtab explain`: the chain from window to decision, with numbers. */
export function explainView(name: string, recommendation: Recommendation): PageView {
  const { today } = recommendation.evidence
  const market = spotMarketLine(recommendation)
  const rows = [
    ...(today
      ? [
          md`today: CPU ${percent(today.cpu.mean)} in the mean, ${percent(today.cpu.worst)} in the worst 5 minutes (${timeOfDay(today.cpu.worstAt)} UTC); at demand × ${count(recommendation.evidence.demandMargin, 2)} ${minutes(today.minutesAbove90)} above 90 %, ${minutes(today.minutesAbove100)} above 100 %`,
        ]
      : []),
    ...(market ? [market] : []),
    ...evidenceLines(recommendation),
    md`state: ${own(recommendation.change.state)}${recommendation.change.why ? md`, ${escaped(recommendation.change.why)}` : own('')}`,
    md`steps: ${own(recommendation.implementation.steps.map((step) => escaped(step)).join(' · '))}`,
  ]
  return noticeView(
    name,
    wantedSentence(recommendation, {
      name: groupNameOf(recommendation.groupKey),
      environment: recommendation.environment,
    }),
    gainLine(recommendation),
    rows,
  )
}

/** What the command list says; the same words as docs/commands.md. */
export function helpView(name: string): PageView {
  const rows = [
    md`${code('/trimtab explain')} shows how this advice was reached, with its numbers`,
    md`${code('/trimtab recheck')} computes it again on the newest data`,
    md`${code('/trimtab snooze 2w')} is quiet for that long: d for days, w for weeks, at most 26w`,
    md`${code('/trimtab ignore because …')} means no, with your reason, for 180 days`,
  ]
  return noticeView(name, own('Commands.'), own('People with write access may use them.'), rows)
}
