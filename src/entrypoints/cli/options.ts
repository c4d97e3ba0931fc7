import { type Command, Option } from 'commander'

/** Where to look, in every command that asks AWS. */
export interface PlaceOptions {
  readonly region?: readonly string[]
  readonly profile?: string
  readonly endpoint?: string
}

/** Which groups, in the commands that take several. */
export interface GroupOptions {
  readonly environment?: string
  readonly application?: string
  readonly group?: readonly string[]
}

export interface OutputOptions {
  readonly json?: boolean
  readonly wide?: boolean
}

/** --region, --profile and --endpoint. */
export function withPlace(command: Command): Command {
  return command
    .addOption(
      new Option('--region <name>', 'region of the groups; may be repeated (default: AWS_REGION)').argParser(collect),
    )
    .option('--profile <name>', 'profile of ~/.aws to take credentials and region from')
    .option('--endpoint <url>', 'another implementation of AWS (default: AWS_ENDPOINT_URL)')
}

/** --environment, --application and --group. */
export function withGroups(command: Command): Command {
  return command
    .option('-e, --environment <name>', 'only groups of this environment (default: all)')
    .option('-a, --application <name>', 'with --environment: the group <application>-<environment>-asg where it exists')
    .addOption(new Option('-g, --group <name>', 'only this group; may be repeated').argParser(collect))
}

/** --environment, --application and --group with their defaults: one environment, production unless another is named. */
export function withEnvironment(command: Command): Command {
  return command
    .option('-e, --environment <name>', 'groups of this environment (default: production)')
    .option(
      '-a, --application <name>',
      'the group <application>-<environment>-asg where it exists, else all (default: macro-ai)',
    )
    .addOption(new Option('-g, --group <name>', 'only this group; may be repeated').argParser(collect))
}

/** Gathers an option that may be repeated. */
export function collect(value: string, earlier: readonly string[] | undefined): readonly string[] {
  return [...(earlier ?? []), value]
}

/** The environment variables that a command's options stand for, over those that were set. */
export function environmentWith(
  env: Readonly<Record<string, string | undefined>>,
  options: PlaceOptions & Pick<GroupOptions, 'application'>,
): Readonly<Record<string, string | undefined>> {
  return {
    ...env,
    ...(options.region && { TRIMTAB_REGIONS: options.region.join(',') }),
    ...(options.endpoint !== undefined && { AWS_ENDPOINT_URL: options.endpoint }),
    ...(options.application !== undefined && { TRIMTAB_APPLICATION: options.application }),
  }
}

/** --environment and --application, where they only say which table: `<application>-<environment>-…`. */
export function withTable(command: Command): Command {
  return command
    .option('--environment <name>', 'environment in the name of the table (default: production)')
    .option('--application <name>', 'application in the name of the table (default: macro-ai)')
}
