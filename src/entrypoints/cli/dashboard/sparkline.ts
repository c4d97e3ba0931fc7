const bars = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const
const gap = '·'

/**
 * A row of bars for values from 0 to 100, oldest first; several values that share a bar are averaged, and a bar without
 * any value is a dot.
 * @example sparkline([0, 50, 100, undefined], 4) // '▁▅█·'
 */
export function sparkline(values: readonly (number | null | undefined)[], width: number): string {
  const count = Math.min(width, values.length)
  return Array.from({ length: count }, (_, at) => {
    const [from, until] = [at, at + 1].map((edge) => Math.floor((edge * values.length) / count))
    return barOf(values.slice(from, until).filter((value) => value !== null && value !== undefined))
  }).join('')
}

function barOf(values: readonly number[]): string {
  if (values.length === 0) return gap
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const height = Math.floor((Math.min(Math.max(mean, 0), 100) / 100) * bars.length)
  return bars[Math.min(height, bars.length - 1)] as string
}
