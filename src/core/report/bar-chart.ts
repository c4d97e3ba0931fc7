import { chartFrame } from './chart-frame.js'
import { type Html, html } from './html.js'
import { niceCeiling } from './line-chart.js'

export interface BarChart {
  readonly title: string
  readonly summary: string
  readonly bars: readonly {
    readonly label: string
    readonly value: number
    readonly says: string
    readonly partly?: boolean
  }[]
  readonly yLabel: (value: number) => string
  readonly xLabels: readonly string[]
}

/** Bars side by side from zero; undefined without any. */
export function barChart({ title, summary, bars, yLabel, xLabels }: BarChart): Html | undefined {
  if (bars.length === 0) return undefined
  const top = niceCeiling(bars.reduce((most, { value }) => Math.max(most, value), 0))
  const width = 1000 / bars.length
  return chartFrame({
    title,
    summary,
    legend: [],
    yLabels: [top, top / 2, 0].map(yLabel),
    xLabels,
    height: 'low',
    shapes: bars.map(({ value, says, partly }, i) => {
      const height = (value / top) * 100
      return html`<rect class="bar${partly ? ' partly' : ''}" x="${(i * width + width * 0.12).toFixed(1)}" y="${(100 - height).toFixed(1)}" width="${(width * 0.76).toFixed(1)}" height="${height.toFixed(1)}"><title>${says}</title></rect>`
    }),
  })
}
