import { z } from 'zod'
import { environmentSettings, mode } from './environment-settings.js'
import { groupSettings } from './group-settings.js'

const repositoryName = z.string().regex(/^[A-Za-z0-9-]{1,39}\/[A-Za-z0-9._-]{1,100}$/, 'a repository as owner/name')

const metrics = z.strictObject({
  memoryNamespace: z
    .string()
    .min(1)
    .max(255)
    .optional()
    .meta({ description: 'CloudWatch namespace of the memory metric.' }),
  memoryMetric: z.string().min(1).max(255).optional().meta({ description: 'Name of the memory metric, in percent.' }),
  responseTimeStatistic: z
    .string()
    .regex(/^(Average|Maximum|p\d{1,2}(\.\d)?)$/, 'Average, Maximum or a percentile such as p90')
    .optional()
    .meta({ description: 'Statistic of TargetResponseTime that is held against responseTimeTarget.' }),
  publishNamespace: z
    .string()
    .min(1)
    .max(255)
    .regex(/^(?!AWS\/)/, 'a namespace that does not begin with AWS/')
    .optional()
    .meta({ description: 'CloudWatch namespace under which Trimtab publishes its own metrics.' }),
})

/**
 * The one schema of `.github/trimtab.yml`. Every key is optional; the reference page and the JSON Schema are generated
 * from it, and defaults come from `environment-presets.ts`.
 */
export const repositoryConfigSchema = z.strictObject({
  version: z.literal(1).optional().meta({ description: 'Version of this format.' }),
  homeRepository: repositoryName
    .optional()
    .meta({ description: 'Repository that holds the weekly and dashboard issues; required where there are several.' }),
  mode: mode.optional().meta({
    description: 'What Trimtab may do: observe records, propose opens pull requests, apply also adds capacity at once.',
  }),
  killSwitch: z.boolean().optional().meta({ description: 'With true, nothing is proposed or applied anywhere.' }),
  timeZone: z
    .string()
    .refine(isTimeZone, 'a time zone such as Europe/Vienna')
    .optional()
    .meta({ description: 'Time zone of the weekly pages; all other times are UTC.' }),
  labels: z
    .array(z.string().min(1).max(50))
    .max(20)
    .optional()
    .meta({ description: 'Labels of every pull request and issue.' }),
  reviewers: z
    .array(
      z.string().regex(/^[A-Za-z0-9-]{1,39}(\/[A-Za-z0-9_.-]{1,100})?$/, 'a login, or a team as organisation/team'),
    )
    .max(15)
    .optional()
    .meta({ description: 'People and teams asked to review every pull request.' }),
  metrics: metrics.optional().meta({ description: 'Where metrics are read and published.' }),
  defaults: environmentSettings.optional().meta({ description: 'Settings of every environment.' }),
  environments: z
    .record(
      z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, 'a name of letters, digits, - and _'),
      environmentSettings,
    )
    .optional()
    .meta({ description: 'Settings of one environment, by name; they win over defaults.' }),
  groups: z
    .record(z.string().min(1).max(255), groupSettings)
    .optional()
    .meta({ description: 'Settings of one Auto Scaling group, by its name; they win over its environment.' }),
})

/** A valid `.github/trimtab.yml`, only with the keys that were written. */
export type RepositoryConfig = z.output<typeof repositoryConfigSchema>

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
