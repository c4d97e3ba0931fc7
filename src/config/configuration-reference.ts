import { z } from 'zod'
import { environmentPresets, shippedMetrics } from './environment-presets.js'
import { environmentSettings } from './environment-settings.js'
import { repositoryConfigSchema } from './repository-config.js'
import { inner } from './schema-keys.js'
import { environmentVariables } from './variables.js'

const intro = `# Configuration

Generated from the schemas in \`src/config\` by \`npx tsx scripts/generate-docs.ts\`; a test keeps them equal.

A repository is configured by \`.github/trimtab.yml\` on its default branch; no other branch is read. Every key is
optional. Unknown keys and bad values are faults: all of them are reported at once, with their lines, and nothing is
done for the repository until they are mended. The file may have 64 KB and 64 levels of nesting.

Which value holds, later wins: the shipped value, the deployment (\`TRIMTAB_ENVIRONMENTS\`), \`defaults\`, the
environment, the group. Then the deployment narrows: mode, flags, \`maxHourlyCost\`, the limits of \`scaleUp\`, freezes and
the kill switch of the deployment (flags: also the shipped ones) cannot be widened by the file. Environments go by their
name in any case; \`prod\`, \`stg\`, \`stage\` and \`dev\` are aliases. A group without an \`Environment\` tag gets production's
settings and is only observed, unless \`groups\` names its environment or mode.

An editor checks the file against [the JSON Schema](../schema/trimtab.schema.json) with this first line:

    # yaml-language-server: $schema=https://raw.githubusercontent.com/OWNER/REPOSITORY/main/schema/trimtab.schema.json

\`\`\`yaml
mode: propose
environments:
  production:
    mode: apply
    performanceThresholds:
      cpuUtilizationTarget: 65
    freezes:
      - { from: 2026-12-20, until: 2027-01-02, why: Christmas business }
groups:
  reports-api:
    faultTolerant: true
\`\`\`
`

/** Text of docs/configuration.md. */
export function configurationReference(): string {
  const { defaults: _defaults, environments: _environments, groups, metrics, ...top } = repositoryConfigSchema.shape
  const topDefaults = {
    version: 1,
    mode: 'observe',
    killSwitch: false,
    timeZone: 'UTC',
    labels: ['trimtab'],
    reviewers: [],
  }
  return [
    intro,
    '## The file\n',
    table(top, (key) => code(topDefaults[key as keyof typeof topDefaults] ?? 'the only one')),
    '## `metrics`\n',
    table(shapeOf(metrics), (key) => code(shippedMetrics[key as keyof typeof shippedMetrics])),
    '## `defaults` and `environments.<name>`\n',
    'Defaults of production, staging, development and any other name, where they differ.\n',
    environmentTables(),
    '## `groups.<name>`\n',
    groupTables(shapeOf((inner(groups) as z.ZodRecord).valueType as z.ZodType)),
    '## Environment variables\n',
    variableTable(),
  ].join('\n')
}

/** Text of schema/trimtab.schema.json. */
export function configurationJsonSchema(): string {
  const schema = z.toJSONSchema(repositoryConfigSchema, { target: 'draft-7', io: 'input' })
  return `${JSON.stringify({ title: 'Trimtab configuration', ...schema }, null, 2)}\n`
}

function environmentTables(): string {
  const shape = shapeOf(environmentSettings)
  const [plain, sections] = partition(shape)
  return [
    table(plain, (key) => presetCell(key)),
    ...Object.entries(sections).flatMap(([name, type]) => [
      `### \`${name}\`\n`,
      `${describe(type)}\n`,
      table(shapeOf(type), (key) => presetCell(name, key)),
    ]),
  ].join('\n')
}

/** Keys of a group by themselves, then its sections; a setting that an environment has too comes from there. */
function groupTables(shape: Readonly<Record<string, z.ZodType>>): string {
  const own = ['path', 'address', 'promoteFrom']
  const [plain, sections] = partition(shape)
  return [
    table(plain, (key) => (own.includes(key) ? 'none' : 'as its environment')),
    ...Object.entries(sections).flatMap(([name, type]) => [
      `### \`groups.<name>.${name}\`\n`,
      `${describe(type)}\n`,
      table(shapeOf(type), () => 'not known'),
    ]),
  ].join('\n')
}

/** Plain keys, and those that hold keys of their own. */
function partition(shape: Readonly<Record<string, z.ZodType>>) {
  const isSection = (type: z.ZodType) => inner(type) instanceof z.ZodObject
  const entries = Object.entries(shape)
  const kept = (wanted: boolean) => Object.fromEntries(entries.filter(([, type]) => isSection(type) === wanted))
  return [kept(false), kept(true)] as const
}

function presetCell(section: string, key?: string): string {
  const values = Object.values(environmentPresets).map((preset) => {
    const value: unknown = preset[section as keyof typeof preset]
    return code(key === undefined ? value : (value as Record<string, unknown>)[key])
  })
  return new Set(values).size === 1 ? String(values[0]) : values.join(' · ')
}

function table(shape: Readonly<Record<string, z.ZodType>>, defaultOf: (key: string) => string): string {
  const rows = Object.entries(shape).map(
    ([key, type]) => `| \`${key}\` | ${limitsOf(type)} | ${defaultOf(key)} | ${describe(type)} |`,
  )
  return ['| key | values | default | meaning |', '|---|---|---|---|', ...rows, ''].join('\n')
}

function variableTable(): string {
  const rows = Object.entries(environmentVariables.shape).map(([name, type]) => {
    const shipped = type instanceof z.ZodDefault ? code(type.def.defaultValue) : ''
    return `| \`${name}\` | ${shipped} | ${describe(type)} |`
  })
  return ['| variable | default | meaning |', '|---|---|---|', ...rows, ''].join('\n')
}

/** Allowed values in words, read from the JSON Schema of the key. */
function limitsOf(type: z.ZodType): string {
  const schema = z.toJSONSchema(inner(type), { io: 'input', unrepresentable: 'any' }) as Readonly<
    Record<string, unknown>
  >
  if (Array.isArray(schema.enum)) return schema.enum.join(', ')
  if (schema.const !== undefined) return String(schema.const)
  if (schema.type === 'boolean') return 'true, false'
  if (schema.type === 'array') return `list of at most ${schema.maxItems}`
  if (schema.type === 'object') return 'values by name'
  if (schema.type === 'string') return schema.pattern ? `\`${String(schema.pattern).replaceAll('|', '\\|')}\`` : 'text'
  const step = schema.multipleOf === undefined ? '' : `, multiple of ${schema.multipleOf}`
  const whole = schema.type === 'integer' && !step ? 'whole, ' : ''
  return `${whole}${grouped(schema.minimum)} – ${grouped(schema.maximum)}${step}`
}

function grouped(value: unknown): string {
  return Number(value).toLocaleString('en')
}

function shapeOf(type: z.ZodType): Readonly<Record<string, z.ZodType>> {
  return (inner(type) as z.ZodObject).shape as Readonly<Record<string, z.ZodType>>
}

function describe(type: z.ZodType): string {
  return type.meta()?.description?.replaceAll('|', '\\|') ?? ''
}

function code(value: unknown): string {
  if (value === undefined) return 'maxHourlyCost × 730'
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map((item) => `\`${item}\``).join(', ')
  return `\`${String(value)}\``
}
