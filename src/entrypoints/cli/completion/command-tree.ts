import type { Command, Option } from 'commander'

/** What a shell offers after one command: further commands, or options with their choices. */
export interface CommandNode {
  /** The words that lead here, without the program's name: `config check`. Empty for the program. */
  readonly path: string
  readonly description: string
  readonly commands: readonly { readonly name: string; readonly description: string }[]
  readonly options: readonly CompletedOption[]
  /** Words that its arguments may be. */
  readonly words: readonly string[]
}

export interface CompletedOption {
  readonly long: string
  readonly description: string
  /** `file` where a path follows, the choices where there are some, `text` for anything else, `none` for a flag. */
  readonly value: 'none' | 'text' | 'file' | readonly string[]
}

const fileValues = /<(?:file|folder|dir)>/

/** The program and every command below it, in their order. */
export function commandTree(program: Command): readonly CommandNode[] {
  return nodesOf(program, '')
}

function nodesOf(command: Command, path: string): readonly CommandNode[] {
  const node: CommandNode = {
    path,
    description: plain(command.description()),
    commands: command.commands.map((one) => ({ name: one.name(), description: plain(one.description()) })),
    options: [...command.options.filter(({ hidden }) => !hidden).flatMap(completedOption), help],
    words: command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []),
  }
  const below = command.commands.flatMap((one) => nodesOf(one, path === '' ? one.name() : `${path} ${one.name()}`))
  return [node, ...below]
}

const help: CompletedOption = { long: '--help', description: 'display help for command', value: 'none' }

function completedOption(option: Option): readonly CompletedOption[] {
  const { long, description, argChoices, flags, required, optional } = option
  if (!long) return []
  const takesValue = required || optional
  const value = !takesValue ? 'none' : argChoices ? [...argChoices] : fileValues.test(flags) ? 'file' : 'text'
  return [{ long, description: plain(description), value }]
}

/** Descriptions go into shell words: quotes and marks that shells read would end them. */
function plain(text: string): string {
  return text
    .replace(/['"`$\\]/g, '')
    .replace(/[[\]:]/g, ' ')
    .replace(/ {2,}/g, ' ')
}
