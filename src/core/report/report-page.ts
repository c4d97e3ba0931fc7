import { holdReasons } from '../model/hold.js'
import { dateOf, dollars, percent } from '../proposal/figures.js'
import { changesInWords } from '../proposal/settings-words.js'
import { groupSection } from './group-section.js'
import { type Html, html, own } from './html.js'
import { type Report, type ReportGroup, savedBy } from './report.js'
import { styleSheet } from './style-sheet.js'

/**
 * One self-contained page: nothing in it is asked of any other address, and the page forbids it to itself. The fleet
 * first, those with the largest saving first, then each group.
 */
export function reportPage(report: Report): string {
  const groups = [...report.groups].sort(
    (a, b) => savedBy(b) - savedBy(a) || (a.group.groupKey < b.group.groupKey ? -1 : 1),
  )
  const title = `Auto Scaling groups in ${report.regions.join(', ')}`
  return html`${own('<!doctype html>')}
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><meta name="generator" content="Trimtab">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<link rel="icon" href="data:,"><title>${title}</title><style>${own(styleSheet)}</style></head><body>
<main><header><h1>${title}</h1><p class="muted">${dateOf(report.at.slice(0, 10))}, ${report.at.slice(11, 16)} UTC. All times are UTC; a month has 730 hours.</p></header>
<section aria-label="The fleet">
${fleetFigures(groups)}
${groups.length > 0 ? fleetTable(groups) : html`<p>No group was found.</p>`}
${faultList(report)}
</section>
${groups.map((one, i) => groupSection(one, anchorOf(i)))}
</main></body></html>
`.markup
}

function anchorOf(index: number): string {
  return `group-${index + 1}`
}

function fleetFigures(groups: readonly ReportGroup[]): Html {
  const cost = groups.reduce((sum, one) => sum + (one.cost ? one.cost.usdPerMonth : 0), 0)
  const unpriced = groups.filter((one) => !one.cost).length
  const saved = groups.reduce((sum, one) => sum + savedBy(one), 0)
  const blind = groups.filter(({ scored }) => !knowsMemory(scored)).length
  const figure = (name: string, value: string, more: string) =>
    html`<div><dt>${name}</dt><dd>${value} <small>${more}</small></dd></div>`
  return html`<dl class="figures">
${figure('groups', String(groups.length), `${groups.filter(({ advice }) => advice.length > 0).length} with advice`)}
${figure('cost a month', dollars(cost), unpriced > 0 ? `${unpriced} without a price` : 'on demand')}
${figure('advice saves a month', dollars(saved), cost > 0 ? `${percent((saved / cost) * 100)} of the cost, by the largest advice of each group` : '')}
${figure('without memory data', String(blind), blind > 0 ? 'sized within the load they carried' : 'all groups report it')}
</dl>`
}

function knowsMemory(scored: ReportGroup['scored']): boolean {
  return scored.kind === 'scored' && scored.scorecard.usage.some(({ metric }) => metric === 'memory')
}

function fleetTable(groups: readonly ReportGroup[]): Html {
  return html`<table class="rows fleet"><caption>Largest saving first</caption>
<thead><tr><th scope="col">group</th><th scope="col">environment</th><th scope="col">score</th><th scope="col">diagnosis</th><th scope="col">cost a month</th><th scope="col">advice</th></tr></thead><tbody>
${groups.map((one, i) => {
  const card = one.scored.kind === 'scored' ? one.scored.scorecard : undefined
  return html`<tr><th scope="row"><a href="#${anchorOf(i)}">${one.group.name}</a></th><td data-label="environment">${one.group.environment}</td><td data-label="score">${card ? `${card.score.toFixed(0)} ${card.scoreBand}` : 'no data'}</td><td data-label="diagnosis">${card?.diagnosis ?? 'no data'}</td><td data-label="cost a month" class="number">${dollars(one.cost?.usdPerMonth)}</td><td data-label="advice">${adviceWords(one)}</td></tr>`
})}
</tbody></table>`
}

function adviceWords({ advice, hold }: ReportGroup): string {
  if (advice.length === 0) return hold ? holdReasons[hold.reason] : 'nothing to change'
  return advice
    .map(({ advice: { from, to, description, monthlyUsd } }) => {
      const change = changesInWords(from, to) || description
      if (monthlyUsd === 0) return change
      return `${change}, ${monthlyUsd > 0 ? `saves ${dollars(monthlyUsd)}` : `costs ${dollars(-monthlyUsd)}`}`
    })
    .join('; ')
}

function faultList({ faults }: Report): Html | undefined {
  if (faults.length === 0) return undefined
  return html`<h2>Not read</h2><ul>${faults.map(({ scope, message }) => html`<li><strong>${scope}</strong>: ${message}</li>`)}</ul>`
}
