import type { CommandNode, CompletedOption } from './command-tree.js'

/** For zsh: a file named _trimtab in a folder of $fpath, or `source <(trimtab completion zsh)`. */
export function zshCompletion(nodes: readonly CommandNode[]): string {
  return `#compdef trimtab
# zsh completion of trimtab; load it with: source <(trimtab completion zsh)
_trimtab() {
  local command='' next longer
  local -a known=(${nodes
    .filter(({ path }) => path !== '')
    .map(({ path }) => `'${path}'`)
    .join(' ')})
  for next in "\${(@)words[2,CURRENT-1]}"; do
    longer="\${command:+$command }$next"
    (( \${known[(Ie)$longer]} )) && command="$longer"
  done
  local -a offered
  case "$command:\${words[CURRENT-1]}" in
${nodes.flatMap(valueCases).join('\n')}
  esac
  case "$command" in
${nodes.map(wordCase).join('\n')}
  esac
  _describe 'trimtab' offered
}
if [[ "\${funcstack[1]}" = _trimtab ]]; then _trimtab "$@"; else compdef _trimtab trimtab; fi
`
}

function valueCases({ path, options }: CommandNode): readonly string[] {
  return options.flatMap(({ long, value }) => {
    if (value === 'none') return []
    return [`  '${path}:${long}') ${actionOf(value)}; return ;;`]
  })
}

function actionOf(value: Exclude<CompletedOption['value'], 'none'>): string {
  if (value === 'file') return '_files'
  return value === 'text' ? `_message 'a value'` : `compadd ${value.join(' ')}`
}

function wordCase({ path, commands, options, words }: CommandNode): string {
  const offered = [
    ...commands.map(({ name, description }) => `'${name}:${description}'`),
    ...words.map((word) => `'${word}'`),
    ...options.map(({ long, description }) => `'${long}:${description}'`),
  ]
  return `  '${path}') offered=(${offered.join(' ')}) ;;`
}
