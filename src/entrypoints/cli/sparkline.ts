const levels = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const

/** The scale of a sparkline: what is at or below `lowest` is the smallest block. */
export interface SparkScale {
  readonly lowest: number
  readonly highest: number
}

/**
 * Values as blocks, at most `width` of them: each shows the mean of its share of the values. A share without any known
 * value is a space, for no data is not zero.
 * @example sparkline([0, 50, undefined, 100], 4, { lowest: 0, highest: 100 }) // '▁▅ █'
 */
export function sparkline(values: readonly (number | undefined)[], width: number, scale: SparkScale): string {
  const count = Math.min(width, values.length)
  const range = scale.highest - scale.lowest
  return Array.from({ length: count }, (_, at) => {
    const from = Math.floor((at * values.length) / count)
    const until = Math.floor(((at + 1) * values.length) / count)
    const known = values.slice(from, until).filter((value) => value !== undefined)
    if (known.length === 0) return ' '
    const mean = known.reduce((sum, value) => sum + value, 0) / known.length
    const share = range > 0 ? (mean - scale.lowest) / range : 0
    const level = Math.min(levels.length - 1, Math.max(0, Math.round(share * (levels.length - 1))))
    return levels[level]
  }).join('')
}
