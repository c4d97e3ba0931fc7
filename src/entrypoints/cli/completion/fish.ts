import type { CommandNode, CompletedOption } from './command-tree.js'

/** For fish: `trimtab completion fish | source`. */
export function fishCompletion(nodes: readonly CommandNode[]): string {
  return `# fish completion of trimtab; load it with: trimtab completion fish | source
complete -c trimtab -f
${nodes.flatMap(linesOf).join('\n')}
`
}

function linesOf({ path, commands, options, words }: CommandNode): readonly string[] {
  const here = conditionOf(path, commands)
  return [
    ...commands.map(({ name, description }) => `complete -c trimtab ${here} -a ${name} -d '${description}'`),
    ...words.map((word) => `complete -c trimtab ${here} -a ${word}`),
    ...options.map(
      ({ long, description, value }) =>
        `complete -c trimtab ${here} -l ${long.slice(2)}${valueFlags(value)} -d '${description}'`,
    ),
  ]
}

/** True on a command line that has come to this command, and to none below it. */
function conditionOf(path: string, commands: CommandNode['commands']): string {
  const seen = path === '' ? [] : path.split(' ').map((word) => `__fish_seen_subcommand_from ${word}`)
  const notYet = commands.map(({ name }) => name).join(' ')
  const below = notYet === '' ? [] : [`not __fish_seen_subcommand_from ${notYet}`]
  return `-n '${[...seen, ...below].join('; and ')}'`
}

function valueFlags(value: CompletedOption['value']): string {
  if (value === 'none') return ''
  if (value === 'file') return ' -r -F'
  return value === 'text' ? ' -x' : ` -x -a '${value.join(' ')}'`
}
