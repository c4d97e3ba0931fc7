import type { Group } from '../model/group.js'
import type { Scorecard } from '../model/scorecard.js'
import { count, dollars, hourlyPrice, percent, timeOfDay } from '../proposal/figures.js'
import { adviceSection } from './advice-section.js'
import { capacityChart, costChart, usageChart } from './group-charts.js'
import { type Html, html } from './html.js'
import type { ReportGroup, ReportType } from './report.js'
import { weekMap } from './week-map.js'

/** One group: scorecard, advice with its proof, use over the window, its week, its cost. */
export function groupSection(one: ReportGroup, anchor: string): Html {
  const { group, scored } = one
  const card = scored.kind === 'scored' ? scored.scorecard : undefined
  return html`<article id="${anchor}" aria-labelledby="${anchor}-name">
<header><h3 id="${anchor}-name">${group.name}</h3><p class="muted">${placeWords(group)}</p></header>
<div class="columns"><div>
${card ? scorecardTable(card) : html`<p class="card"><strong>No score.</strong> ${scored.kind === 'unscored' ? scored.why : undefined}</p>`}
${card ? weekMap('CPU by hour of week, UTC', card.hourOfWeekCpu) : undefined}
</div><div>
${usageChart(one)}
${capacityChart(one)}
</div></div>
<h4>Advice</h4>
${adviceSection(one)}
<h4>Cost</h4>
${costSection(one)}
</article>`
}

function placeWords({ environment, region, account, minSize, desiredCapacity, maxSize, launch }: Group): string {
  const type = launch.kind === 'known' ? (launch.value.instanceType ?? 'types by attributes') : 'type unknown'
  return `${environment}, ${region}, account ${account}: ${minSize} ≤ ${desiredCapacity} ≤ ${maxSize} × ${type}`
}

const factorNames = {
  cpu: 'CPU',
  memory: 'memory',
  capacity: 'capacity',
  responseTime: 'response time',
} as const satisfies Record<Scorecard['factors'][number]['name'], string>

function scorecardTable(card: Scorecard): Html {
  const { score, scoreBand, efficiency, efficiencyBand, diagnosis, factors, bottlenecks, notes, usage } = card
  const cpu = usage.find(({ metric }) => metric === 'cpuAverage')
  return html`<div class="card"><dl class="figures">
<div><dt>score</dt><dd>${score.toFixed(0)} <small>${scoreBand}</small></dd></div>
<div><dt>efficiency</dt><dd>${efficiency === undefined ? 'no data' : `${efficiency.toFixed(0)} %`} <small>${efficiencyBand}</small></dd></div>
<div><dt>diagnosis</dt><dd>${diagnosis}</dd></div>
</dl>
<table class="factors"><caption>What the score is made of</caption><tbody>
${factors.map(
  ({ name, mark, sharePercent, missing }) =>
    html`<tr><th scope="row">${factorNames[name]}</th><td class="mark">${meter(mark)}</td><td>${mark === undefined ? (missing ?? 'no data') : `${mark.toFixed(0)} of 100`}</td><td>× ${count(sharePercent)} %</td></tr>`,
)}
</tbody></table>
<p>CPU ${percent(cpu?.mean)} in the mean, ${percent(cpu?.max)} at most${cpu ? ` (${timeOfDay(cpu.maxAt)})` : undefined}; ${percent(cpu?.coveragePercent, 1)} of the steps have data. ${bottlenecks.length > 0 ? `Bottlenecks: ${bottlenecks.join(', ')}.` : undefined}</p>
${notes.length > 0 ? html`<ul class="muted">${notes.map((note) => html`<li>${note}</li>`)}</ul>` : undefined}</div>`
}

function meter(mark: number | undefined): Html | undefined {
  if (mark === undefined) return undefined
  return html`<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect class="rail" width="100" height="10"/><rect class="bar" width="${mark.toFixed(1)}" height="10"/></svg>`
}

function costSection({ cost, types, usage }: ReportGroup): Html {
  if (!cost) return html`<p>No data: the price of its type, or its instances in service, are not known.</p>`
  const net = cost.netOfCommitments ? 'net of commitments' : 'on-demand price, commitments not counted'
  return html`<p><strong>${dollars(cost.usdPerMonth)} a month</strong> <span class="muted">${net}; ${percent(cost.coveragePercent, 1)} of the window's steps are known</span></p>
<div class="columns"><div>${costChart(cost, usage)}</div><div>${types.length > 0 ? typeTable(types) : undefined}</div></div>`
}

function typeTable(types: readonly ReportType[]): Html {
  const [own] = types
  return html`<table class="rows"><caption>Its type beside the cheapest that could carry it${own ? ` (${own.priceSource})` : undefined}</caption>
<thead><tr><th scope="col">type</th><th scope="col">vCPUs, GiB</th><th scope="col">on demand</th><th scope="col">spot</th></tr></thead><tbody>
${types.map(
  ({ name, vcpus, memoryGiB, onDemandUsdPerHour, spotUsdPerHour }) =>
    html`<tr><th scope="row">${name}</th><td data-label="vCPUs, GiB">${vcpus}, ${memoryGiB}</td><td data-label="on demand">${hourlyPrice(onDemandUsdPerHour)}</td><td data-label="spot">${spotUsdPerHour === undefined ? 'no data' : hourlyPrice(spotUsdPerHour)}</td></tr>`,
)}
</tbody></table>`
}
