import { chartFrame } from './chart-frame.js'
import { type Html, html } from './html.js'

export interface ChartLine {
  readonly name: string
  /** The class that colours it. */
  readonly kind: string
  readonly values: readonly (number | undefined)[]
  /** Values hold until the next one, as a number of instances does. */
  readonly stepped?: boolean
}

export interface LineChart {
  readonly title: string
  readonly summary: string
  readonly lines: readonly ChartLine[]
  /** A level across the whole picture, such as a target. */
  readonly level?: { readonly name: string; readonly value: number }
  /** Unit behind the numbers of the axis. */
  readonly unit: string
  /** The least that the axis reaches to; it reaches higher where values do. */
  readonly top?: number
  readonly xLabels: readonly string[]
  readonly height?: 'tall' | 'low'
}

/** Lines over time with their gaps; undefined where no line has a value. */
export function lineChart(chart: LineChart): Html | undefined {
  const values = chart.lines.flatMap((line) => line.values.filter((value) => value !== undefined))
  if (values.length === 0) return undefined
  const highest = values.reduce((most, value) => Math.max(most, value), chart.level ? chart.level.value : 0)
  const top = niceCeiling(Math.max(highest, chart.top === undefined ? highest : chart.top))
  const shown = chart.lines.filter((line) => line.values.some((value) => value !== undefined))
  return chartFrame({
    title: chart.title,
    summary: chart.summary,
    legend: [
      ...shown.map(({ name, kind }) => ({ name, kind })),
      ...(chart.level ? [{ name: chart.level.name, kind: 'level' }] : []),
    ],
    yLabels: [top, top / 2, 0].map((value) => `${rounded(value, 1)}${chart.unit}`),
    xLabels: chart.xLabels,
    height: chart.height ?? 'tall',
    shapes: [
      ...[25, 50, 75].map((y) => html`<path class="grid" d="M0 ${y}H1000"/>`),
      ...shown.map((line) => html`<path class="line ${line.kind}" d="${pathOf(line, top)}"/>`),
      ...(chart.level ? [html`<path class="line level" d="M0 ${heightOf(chart.level.value, top)}H1000"/>`] : []),
    ],
  })
}

/** A gap lifts the pen: nothing is drawn over hours without data. */
function pathOf({ values, stepped }: ChartLine, top: number): string {
  let path = ''
  let drawing = false
  values.forEach((value, i) => {
    if (value === undefined) {
      drawing = false
      return
    }
    const x = rounded(values.length > 1 ? (i / (values.length - 1)) * 1000 : 500, 1)
    const y = heightOf(value, top)
    path += drawing ? (stepped ? `H${x}V${y}` : `L${x} ${y}`) : `M${x} ${y}h.01`
    drawing = true
  })
  return path
}

function heightOf(value: number, top: number): number {
  return rounded(100 - (Math.min(value, top) / top) * 100, 1)
}

/** The next round number that leaves the line a little room. */
export function niceCeiling(value: number): number {
  if (!(value > 0)) return 1
  const magnitude = 10 ** Math.floor(Math.log10(value))
  const factor = [1, 2, 4, 5, 6, 8, 10].find((one) => value <= one * magnitude)
  return (factor ?? 10) * magnitude
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}
