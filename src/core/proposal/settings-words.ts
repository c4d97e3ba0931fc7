import type { ConfigurationKey, Settings, SpotMix } from '../model/configuration.js'
import type { GroupKey } from '../model/group.js'
import { code, type Markdown, md, own } from './markdown.js'

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
    .filter((key) => to[key] !== undefined && written(to[key]) !== written(from[key]))
    .map((key) => ({ key, ...words[key], from: written(from[key]), to: written(to[key]) }))
}

/** `minimum 8 → 5, capacity 8 → 5`; plain text for titles, logs and terminals. */
export function changesInWords(from: Settings, to: Settings): string {
  return settingChanges(from, to)
    .map((change) => `${change.short} ${change.from} → ${change.to}`)
    .join(', ')
}

/** `Minimum capacity of `shop-web` (production) from 8 to 5.` */
export function changesAsSentence(group: string, environment: string, from: Settings, to: Settings): Markdown {
  const parts = settingChanges(from, to).map(
    (change, i) =>
      md`${i === 0 ? own(change.long) : own(change.long.toLowerCase())}${i === 0 ? md` of ${code(group)} (${code(environment)})` : own('')} from ${shown(change.from)} to ${shown(change.to)}`,
  )
  return own(`${parts.join(', ')}.`)
}

/** The last part of `account/region/name`; names may hold slashes. */
export function groupNameOf(groupKey: GroupKey): string {
  return groupKey.split('/').slice(2).join('/')
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
  return `${spot} % spot${base}, ${mix.overrides.length} types`
}
