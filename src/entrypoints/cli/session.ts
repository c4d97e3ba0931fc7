import { type Environment, readEnvironment } from '../../config/environment.js'
import { TrimtabError } from '../../core/model/errors.js'
import type { Deps } from '../../workflows/deps.js'
import { createJournal } from '../journal.js'
import { type WireOptions, wire } from '../wire.js'
import type { AwsOptions } from '../wire-aws.js'
import { environmentWith, type GroupOptions, type PlaceOptions } from './options.js'
import type { Terminal } from './terminal.js'
import { watchedFleet } from './watched-fleet.js'

/** What the environment and a command's options come to. */
export function readSession(terminal: Pick<Terminal, 'env'>, options: PlaceOptions & GroupOptions): Environment {
  try {
    return readEnvironment(environmentWith(terminal.env, options))
  } catch (error) {
    throw error instanceof TrimtabError ? inOptionWords(error, options) : error
  }
}

/**
 * The dependencies of one command. The journal is silent unless LOG_LEVEL is set: the command itself prints every
 * fault once, in words for people.
 */
export async function openSession(
  terminal: Pick<Terminal, 'env' | 'progress'>,
  options: PlaceOptions & GroupOptions,
  more: Pick<WireOptions, 'table' | 'host'>,
): Promise<Deps> {
  const environment = readSession(terminal, options)
  const deps = await wire(environment, {
    ...more,
    environmentName: options.environment,
    application: options.application,
    groups: options.group,
    ...awsOptions(terminal, options),
    journal: createJournal(terminal.env.LOG_LEVEL ? environment.logLevel : 'silent'),
  })
  return { ...deps, fleet: watchedFleet(deps.fleet, terminal) }
}

/** The environment whose groups a command shows; undefined where named groups are shown whatever theirs is. */
export function shownEnvironment({ environment, group }: GroupOptions): string | undefined {
  return environment ?? (group === undefined ? 'production' : undefined)
}

/** `openSession` for the groups of one environment, with its default group where that exists. */
export async function openEnvironment(
  terminal: Pick<Terminal, 'env'>,
  options: PlaceOptions & GroupOptions,
  more: Pick<WireOptions, 'table'>,
): Promise<Deps> {
  const { application } = readSession(terminal, options)
  const environment = shownEnvironment(options)
  return openSession(terminal, { ...options, application, ...(environment !== undefined && { environment }) }, more)
}

/**
 * Keys that stand in the environment are used as they are; a profile, named by option or environment, comes before
 * them, as in the AWS CLI.
 */
export function awsOptions({ env }: Pick<Terminal, 'env'>, { profile }: PlaceOptions): AwsOptions {
  if (profile !== undefined) return { profile }
  return env.AWS_PROFILE ? {} : { environmentVariables: env }
}

/** A bad value of an option is said of the option, not of the variable that it stands for. */
function inOptionWords(
  error: TrimtabError,
  { region, endpoint, application }: PlaceOptions & GroupOptions,
): TrimtabError {
  const said = error.message
    .replace('TRIMTAB_REGIONS:', region ? '--region:' : 'TRIMTAB_REGIONS:')
    .replace('AWS_ENDPOINT_URL:', endpoint === undefined ? 'AWS_ENDPOINT_URL:' : '--endpoint:')
    .replace('TRIMTAB_APPLICATION:', application === undefined ? 'TRIMTAB_APPLICATION:' : '--application:')
  return new TrimtabError(error.code, said, { cause: error })
}
