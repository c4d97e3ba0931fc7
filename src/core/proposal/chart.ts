import { fenced, type Markdown, own } from './markdown.js'

export interface ChartLine {
  readonly kind: 'line' | 'bar'
  /** Undefined leaves no point: Mermaid has none, so the last known value is held. */
  readonly values: readonly (number | undefined)[]
  /** A colour that reads on light and dark alike. */
  readonly colour: string
}

export interface Chart {
  readonly title: string
  readonly yLabel: string
  readonly xTitle?: string
  readonly xLabels: readonly string[]
  readonly lines: readonly ChartLine[]
}

/** Mid-tones with enough contrast on GitHub's white and on its dark background. */
export const chartColours = { demand: '#8b949e', today: '#388bfd', proposed: '#e3832b' } as const

/**
 * A Mermaid `xychart-beta`, which GitHub draws in the reader's own theme; no image file or host is needed.
 * Undefined when there is nothing to draw.
 */
export function chart(input: Chart): Markdown | undefined {
  const values = input.lines.flatMap((line) => line.values.filter((value) => value !== undefined))
  if (values.length === 0) return undefined
  const top = niceCeiling(Math.max(...values))
  const palette = input.lines.map((line) => line.colour).join(', ')
  const theme = { xyChart: { plotColorPalette: palette, backgroundColor: 'transparent' } }
  const size = { width: 900, height: 300, titleFontSize: 16 }
  const lines = [
    `%%{init: ${JSON.stringify({ xyChart: size, themeVariables: theme })}}%%`,
    'xychart-beta',
    `  title "${plain(input.title)}"`,
    `  x-axis ${input.xTitle ? `"${plain(input.xTitle)}" ` : ''}[${input.xLabels.map((label) => `"${plain(label)}"`).join(', ')}]`,
    `  y-axis "${plain(input.yLabel)}" 0 --> ${top}`,
    ...input.lines.map((line) => `  ${line.kind} [${held(line.values).join(', ')}]`),
  ]
  return own(fenced('mermaid', lines.join('\n')))
}

function plain(text: string): string {
  return text.replace(/[^\p{L}\p{N} .,:;()%/+×–−-]/gu, '')
}

/** Two decimals; a gap takes the value before it, the first gaps the first value after. */
function held(values: readonly (number | undefined)[]): readonly string[] {
  let last = values.find((value) => value !== undefined)
  return values.map((value) => {
    last = value ?? last
    return String(Math.round((last as number) * 100) / 100)
  })
}

function niceCeiling(value: number): number {
  if (value <= 0) return 1
  const magnitude = 10 ** Math.floor(Math.log10(value))
  const step = [1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((factor) => value * 1.05 <= factor * magnitude)
  return Math.round((step ?? 12) * magnitude * 100) / 100
}
