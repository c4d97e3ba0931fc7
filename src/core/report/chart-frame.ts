import { type Html, html } from './html.js'

/** A drawing whose words stay words: axes are text beside a picture that stretches, so they are readable at any width. */
export interface ChartFrame {
  readonly title: string
  /** What the picture shows, for those who do not see it. */
  readonly summary: string
  /** Names of the lines or areas with the class that colours them. */
  readonly legend: readonly { readonly name: string; readonly kind: string }[]
  /** From the top down. */
  readonly yLabels: readonly string[]
  /** From left to right; on a narrow screen every fourth one and the last are shown. */
  readonly xLabels: readonly string[]
  /** `bands`: labels of the y axis name rows, not levels. */
  readonly height: 'tall' | 'low' | 'bands'
  /** Shapes in a box of 1000 × 100. */
  readonly shapes: readonly Html[]
}

/** A figure with its title, legend and axes. */
export function chartFrame({ title, summary, legend, yLabels, xLabels, height, shapes }: ChartFrame): Html {
  return html`<figure class="chart">
<figcaption><strong>${title}</strong>${legend.map(({ name, kind }) => html` <span class="key"><i class="${kind}"></i>${name}</span>`)}</figcaption>
<div class="plot ${height}"><div class="y" aria-hidden="true">${yLabels.map((label) => html`<span>${label}</span>`)}</div>
<svg role="img" viewBox="0 0 1000 100" preserveAspectRatio="none"><title>${title}: ${summary}</title>${shapes}</svg>
<div class="x" aria-hidden="true">${xLabels.map((label) => html`<span>${label}</span>`)}</div></div>
</figure>`
}
