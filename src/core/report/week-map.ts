import { chartFrame } from './chart-frame.js'
import { type Html, html } from './html.js'

const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const
const hoursPerDay = 24
/** Lower ends of the shades, percent. */
const shades = [0, 20, 40, 60, 80] as const

/** A week by the hour as shades, from 168 values of Monday 00:00 UTC on; undefined where none is known. */
export function weekMap(title: string, hourly: readonly (number | undefined)[]): Html | undefined {
  const known = hourly.flatMap((value, hour) => (value === undefined ? [] : [{ value, hour }]))
  const [first] = known
  if (!first) return undefined
  const busiest = known.reduce((most, one) => (one.value > most.value ? one : most), first)
  return chartFrame({
    title,
    summary: `busiest ${hourName(busiest.hour)} with ${busiest.value.toFixed(0)} %, ${known.length} of ${hourly.length} hours known`,
    legend: shades.map((from, i) => ({
      name: i === shades.length - 1 ? `${from} % and more` : `${from}–${shades[i + 1]}`,
      kind: `shade${i}`,
    })),
    yLabels: days,
    xLabels: ['00', '03', '06', '09', '12', '15', '18', '21', '24'],
    height: 'bands',
    shapes: known.map(({ value, hour }) => cell(value, hour)),
  })
}

function cell(value: number, hour: number): Html {
  const width = 1000 / hoursPerDay
  const height = 100 / days.length
  const x = (hour % hoursPerDay) * width
  const y = Math.floor(hour / hoursPerDay) * height
  const shade = shades.filter((from) => value >= from).length - 1
  return html`<rect class="shade${Math.max(0, shade)}" x="${(x + 1.5).toFixed(1)}" y="${(y + 0.7).toFixed(1)}" width="${(width - 3).toFixed(1)}" height="${(height - 1.4).toFixed(1)}"><title>${hourName(hour)}: ${value.toFixed(0)} %</title></rect>`
}

function hourName(hour: number): string {
  return `${days[Math.floor(hour / hoursPerDay)]} ${String(hour % hoursPerDay).padStart(2, '0')}:00`
}
