const aliases: readonly (readonly string[])[] = [
  ['production', 'prod', 'prd'],
  ['staging', 'stage', 'stg'],
  ['development', 'dev'],
]

/** The names under which an environment may stand in paths. */
export function environmentNames(environment: string): readonly string[] {
  const lower = environment.toLowerCase()
  return aliases.find((names) => names.includes(lower)) ?? [lower]
}
