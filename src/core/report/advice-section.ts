import type { BackTest } from '../model/back-test.js'
import type { Decision } from '../model/decision.js'
import { holdReasons } from '../model/hold.js'
import type { Policy } from '../model/policy.js'
import type { Advice } from '../model/recommendation.js'
import { count, daysBetween, dollars, percent } from '../proposal/figures.js'
import { changesInWords } from '../proposal/settings-words.js'
import { worstDayChart } from './group-charts.js'
import { type Html, html } from './html.js'
import type { ReportAdvice, ReportGroup } from './report.js'

const stepMinutes = 5
/** Points over its target that memory may reach at worst (DESIGN.md section 5). */
const memoryRoomPercent = 5

/** What is advised, its proof, and what becomes of it; where nothing is, why, and the way out. */
export function adviceSection({ advice, hold, policy }: ReportGroup): Html {
  if (advice.length > 0) return html`${advice.map((one) => adviceCard(one, policy))}`
  if (!hold) return html`<p>Nothing to change.</p>`
  return html`<div class="card"><p><strong>${capitalised(holdReasons[hold.reason])}</strong> (${hold.detail})</p></div>`
}

function adviceCard({ advice, recommendationId, decision }: ReportAdvice, policy: Policy): Html {
  const { evidence, description, type, priority } = advice
  const { today, proposed } = evidence
  return html`<div class="card advice">
<h4>${capitalised(changesInWords(advice.from, advice.to) || description)}</h4>
<p><strong>${moneyWords(advice)}</strong> ${rangeWords(advice)} <span class="muted">${type}, priority ${priority}, risk ${advice.expectedImpact.riskLevel}, ${recommendationId}</span></p>
<p>${decisionWords(decision)}</p>
${today && proposed ? html`${backTestTable(advice, today, proposed, policy)}${worstDayChart(today, proposed)}` : undefined}
${evidence.notes.length > 0 ? html`<ul>${evidence.notes.map((note) => html`<li>${note}</li>`)}</ul>` : undefined}
<p class="muted">${evidence.priceSource ? `Prices: ${evidence.priceSource}. ` : ''}The same numbers again:</p>
<pre><code>${evidence.reproduce}</code></pre>
</div>`
}

/** @example moneyWords({ monthlyUsd: 347 }) // 'Saves $347 a month.' */
function moneyWords({ monthlyUsd }: Pick<Advice, 'monthlyUsd'>): string {
  if (monthlyUsd === 0) return 'Costs nothing.'
  return monthlyUsd > 0 ? `Saves ${dollars(monthlyUsd)} a month.` : `Costs ${dollars(-monthlyUsd)} a month.`
}

function rangeWords({ monthlyUsdRange }: Advice): string {
  return monthlyUsdRange ? `Between ${dollars(monthlyUsdRange[0])} and ${dollars(monthlyUsdRange[1])}.` : ''
}

function decisionWords(decision: Decision | undefined): string {
  if (!decision) return ''
  if (decision.kind !== 'hold') return `${capitalised(decision.kind)}: ${decision.reason}.`
  return `${capitalised(holdReasons[decision.reason])} (${decision.detail}).`
}

function backTestTable({ evidence }: Advice, today: BackTest, proposed: BackTest, policy: Policy): Html {
  const days = daysBetween(evidence.windowStartAt, evidence.windowEndAt)
  const strained = Math.floor((proposed.steps * stepMinutes * policy.sizing.strainSharePercent) / 100)
  const row = (what: string, figure: (test: BackTest) => string, limit: string) =>
    html`<tr><th scope="row">${what}</th><td data-label="today">${figure(today)}</td><td data-label="with it">${figure(proposed)}</td><td data-label="limit">${limit}</td></tr>`
  return html`<table class="rows"><caption>${days} days replayed in 5-minute steps</caption>
<thead><tr><td></td><th scope="col">today</th><th scope="col">with it</th><th scope="col">limit</th></tr></thead><tbody>
${row('instances, lowest – mean – highest', ({ instances: { lowest, mean, highest } }) => `${lowest} – ${count(mean, 1)} – ${highest}`, `max ${proposed.configuration.maxSize}`)}
${row('CPU, mean – P99.5 – worst 5 minutes', ({ cpu }) => `${count(cpu.mean)} – ${count(cpu.p995)} – ${percent(cpu.worst)}`, `${percent(policy.thresholds.cpuUtilizationTarget)} target`)}
${row(`minutes above 90 % / 100 % CPU, demand × ${count(evidence.demandMargin, 2)}`, (test) => `${count(test.minutesAbove90)} / ${count(test.minutesAbove100)}`, `${count(strained)} / 0`)}
${row('memory, worst', ({ memoryWorst }) => percent(memoryWorst), percent(policy.thresholds.memoryUtilizationTarget + memoryRoomPercent))}
${row('instance-hours', ({ instanceHours }) => count(instanceHours), '')}
${row('dollars a month', ({ usdPerMonth }) => dollars(usdPerMonth), '')}
</tbody></table>`
}

function capitalised(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`.replace(/\.$/, '')
}
