import type { CommandNode } from './command-tree.js'

/** For bash: `source <(trimtab completion bash)`. */
export function bashCompletion(nodes: readonly CommandNode[]): string {
  const commands = nodes.filter(({ path }) => path !== '').map(({ path }) => `'${path}'`)
  return `# bash completion of trimtab; load it with: source <(trimtab completion bash)
_trimtab() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" command='' next
  local -a known=(${commands.join(' ')})
  for next in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    local longer="\${command:+$command }$next" one
    for one in "\${known[@]}"; do [[ $one == "$longer" ]] && command="$longer" && break; done
  done
  local words=''
  case "$command:$before" in
${nodes.flatMap(valueCases).join('\n')}
  *) case "$command" in
${nodes.map(wordCase).join('\n')}
    esac ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o default -F _trimtab trimtab
`
}

/** Behind an option with a value the shell offers its choices, or files, or nothing. */
function valueCases({ path, options }: CommandNode): readonly string[] {
  return options.flatMap(({ long, value }) => {
    if (value === 'none') return []
    const words = typeof value === 'string' ? '' : value.join(' ')
    const done = value === 'file' ? `COMPREPLY=($(compgen -f -- "$word")); return` : `words='${words}'`
    return [`  '${path}:${long}') ${done} ;;`]
  })
}

function wordCase({ path, commands, options, words }: CommandNode): string {
  const offered = [...commands.map(({ name }) => name), ...words, ...options.map(({ long }) => long)]
  return `    '${path}') words='${offered.join(' ')}' ;;`
}
