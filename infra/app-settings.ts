import { environmentNameOf } from '../src/config/environment-of.js'
import {
  environmentPresets,
  type GroupTagQuery,
  type MemberAccount,
  type OptimizationConfig,
} from './constructs/performance-optimization-construct.js'

/** What a person says on the command line (`-c key=value`) or in the environment; nothing else is needed to deploy. */
export interface AppSettings {
  readonly application: string
  readonly environment: string
  readonly config: OptimizationConfig
  /** Names of groups, or tags: no tag takes every group of the environment. */
  readonly groups:
    | { readonly kind: 'named'; readonly names: readonly string[] }
    | ({ readonly kind: 'tagged' } & GroupTagQuery)
  readonly githubAppId: string | undefined
  /** Name of a secret that is there already. */
  readonly githubAppSecret: string | undefined
  readonly mode: Mode | undefined
  readonly homeRepository: string | undefined
  readonly regions: readonly string[] | undefined
  readonly memberAccounts: readonly MemberAccount[]
}

type Mode = 'observe' | 'propose' | 'apply'
const modes: readonly Mode[] = ['observe', 'propose', 'apply']

/** The values of the app: context key, and the environment variable that stands in for it. */
export const settingNames = {
  application: 'TRIMTAB_APPLICATION',
  environment: 'TRIMTAB_ENVIRONMENT',
  githubAppId: 'APP_ID',
  githubAppSecret: 'TRIMTAB_SECRET',
  groups: 'TRIMTAB_GROUP_NAMES',
  groupTags: 'TRIMTAB_GROUP_TAGS',
  mode: 'TRIMTAB_MODE',
  homeRepository: 'TRIMTAB_HOME_REPOSITORY',
  regions: 'TRIMTAB_REGIONS',
} as const

/** Reads the settings; the context of the app comes before the environment. Throws with the value met. */
export function readAppSettings(
  contextOf: (key: string) => unknown,
  env: Readonly<Record<string, string | undefined>>,
): AppSettings {
  const given = (key: keyof typeof settingNames): string | undefined => {
    const value = contextOf(key) ?? env[settingNames[key]]
    return value === undefined || String(value).trim() === '' ? undefined : String(value).trim()
  }
  const environment = given('environment') ?? 'production'
  return {
    application: given('application') ?? 'macro-ai',
    environment,
    config: presetNamed(environment),
    groups: groupsFrom(given('groups'), given('groupTags')),
    githubAppId: given('githubAppId'),
    githubAppSecret: given('githubAppSecret'),
    mode: modeFrom(given('mode')),
    homeRepository: given('homeRepository'),
    regions: listFrom(given('regions')),
    memberAccounts: membersFrom(contextOf('memberAccounts')),
  }
}

function presetNamed(environment: string): OptimizationConfig {
  const name = environmentNameOf(environment)
  return Object.hasOwn(environmentPresets, name)
    ? environmentPresets[name as keyof typeof environmentPresets]
    : environmentPresets.other
}

function groupsFrom(names: string | undefined, tags: string | undefined): AppSettings['groups'] {
  if (names !== undefined && tags !== undefined)
    throw new Error('reading the app: expected groups or groupTags, got both: give one')
  if (names !== undefined) return { kind: 'named', names: listFrom(names) ?? [] }
  const pairs = (listFrom(tags) ?? []).map((pair): [string, string] => {
    const [, key, value] = /^([^=]+)=(.*)$/.exec(pair) ?? []
    if (key === undefined || value === undefined)
      throw new Error(`reading the app: groupTags: expected key=value,key=value, got "${tags}"`)
    return [key.trim(), value.trim()]
  })
  return { kind: 'tagged', tags: Object.fromEntries(pairs) }
}

function modeFrom(text: string | undefined): Mode | undefined {
  const found = modes.find((mode) => mode === text)
  if (text === undefined || found) return found
  throw new Error(`reading the app: mode: expected observe, propose or apply, got "${text}"`)
}

function listFrom(text: string | undefined): readonly string[] | undefined {
  return text
    ?.split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
}

/** A list in the context of cdk.json, or the same as JSON on the command line. */
function membersFrom(value: unknown): readonly MemberAccount[] {
  const list: unknown = typeof value === 'string' ? JSON.parse(value) : (value ?? [])
  if (Array.isArray(list) && list.every(isMember)) return list
  throw new Error(
    `reading the app: memberAccounts: expected [{"account", "regions", "externalId", "apply"?}], got ${JSON.stringify(value)}`,
  )
}

function isMember(value: unknown): value is MemberAccount {
  const { account, regions, externalId } = (value ?? {}) as Partial<Record<keyof MemberAccount, unknown>>
  return typeof account === 'string' && Array.isArray(regions) && typeof externalId === 'string'
}
