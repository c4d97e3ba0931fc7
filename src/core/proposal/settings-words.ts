import type { ConfigurationKey, Settings, SpotMix } from '../model/configuration.js'
import type { Recommendation } from '../model/recommendation.js'
import { code, escaped, inert, type Markdown, md, own } from './markdown.js'

const words: Readonly<Record<ConfigurationKey, { readonly short: string; readonly long: string }>> = {
  minSize: { short: 'minimum', long: 'Minimum capacity' },
  desiredCapacity: { short: 'capacity', long: 'Desired capacity' },
  maxSize: { short: 'maximum', long: 'Maximum capacity' },
  instanceType: { short: 'type', long: 'Instance type' },
  targetValue: { short: 'CPU target', long: 'CPU target of the scaling policy' },
  spotMix: { short: 'purchase', long: 'Purchase mix' },
  schedule: { short: 'schedule', long: 'Schedule' },
}

/** The order in which a change's settings are named: the most telling first. */
const order: readonly ConfigurationKey[] = [
  'instanceType',
  'spotMix',
  'schedule',
  'minSize',
  'desiredCapacity',
  'maxSize',
  'targetValue',
]

export interface SettingChange {
  readonly key: ConfigurationKey
  readonly short: string
  readonly long: string
  /** As a person writes it, unescaped; `–` where the setting is not there. */
  readonly from: string
  readonly to: string
}

/** The settings of an advice that differ, in reading order. */
export function settingChanges(from: Settings, to: Settings): readonly SettingChange[] {
  return order
    .filter((key) => to[key] !== undefined && JSON.stringify(to[key]) !== JSON.stringify(from[key]))
    .map((key) => ({ key, ...words[key], from: written(from[key]), to: written(to[key]) }))
}

/** `minimum 8 → 5, capacity 8 → 5`; plain text for titles, logs and terminals. */
export function changesInWords(from: Settings, to: Settings): string {
  return settingChanges(from, to)
    .map((change) => `${change.short} ${change.from} → ${change.to}`)
    .join(', ')
}

/** `minimum 8 → 5`, for a page. */
export function changesOnPage(from: Settings, to: Settings): Markdown {
  const parts = settingChanges(from, to).map(
    (change) => md`${own(change.short)} ${shown(change.from)} → ${shown(change.to)}`,
  )
  return own(parts.join(', '))
}

/** `Minimum capacity of `shop-web` (production) from 8 to 5.` */
export function changesAsSentence(group: string, environment: string, from: Settings, to: Settings): Markdown {
  const parts = settingChanges(from, to).map((change, i) => {
    const what = i === 0 ? md`${own(change.long)} of ${groupOnPage(group, environment)}` : own(lowered(change.long))
    return md`${what} from ${shown(change.from)} to ${shown(change.to)}`
  })
  return own(`${parts.join(', ')}.`)
}

/** The first, bold sentence of a page; advice that changes no setting is told by its description. */
export function wantedSentence(
  { from, to, description }: Pick<Recommendation, 'from' | 'to' | 'description'>,
  { name, environment }: { readonly name: string; readonly environment: string },
): Markdown {
  if (settingChanges(from, to).length > 0) return changesAsSentence(name, environment, from, to)
  return md`${groupOnPage(name, environment)}: ${escaped(description.split(': ')[0] as string)}.`
}

/** `shop-web` as a code span and its environment in brackets. */
export function groupOnPage(group: string, environment: string): Markdown {
  return md`${code(group)} (${escaped(environment)})`
}

/** A text cut to so many characters, harmless in titles and commit messages. */
export function shortened(text: string, limit: number): string {
  const points = [...inert(text)]
  return points.length <= limit ? points.join('') : `${points.slice(0, Math.max(0, limit - 1)).join('')}…`
}

/** `CPU target …` keeps its capitals. */
function lowered(words: string): string {
  return /^[A-Z]{2}/.test(words) ? words : words.charAt(0).toLowerCase() + words.slice(1)
}

function shown(value: string): Markdown {
  return /^[\d.]+$/.test(value) ? own(value) : code(value)
}

function written(value: Settings[ConfigurationKey]): string {
  if (value === undefined) return '–'
  return typeof value === 'object' ? writtenMix(value) : String(value)
}

function writtenMix(mix: SpotMix): string {
  const spot = 100 - mix.onDemandPercentageAboveBaseCapacity
  if (spot === 0) return 'on-demand'
  const base = mix.onDemandBaseCapacity > 0 ? ` above ${mix.onDemandBaseCapacity} on-demand` : ''
  return `${spot} % spot${base}`
}
