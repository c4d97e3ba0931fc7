import { Argument, Command } from 'commander'
import { bashCompletion } from './completion/bash.js'
import { commandTree } from './completion/command-tree.js'
import { fishCompletion } from './completion/fish.js'
import { zshCompletion } from './completion/zsh.js'
import type { Terminal } from './terminal.js'

const shells = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const

/** `trimtab completion SHELL`: a script for the shell, made from the program's own commands and options. */
export function completionCommand(terminal: Terminal): Command {
  return new Command('completion')
    .description('print the completion script of a shell')
    .addArgument(new Argument('<shell>', 'the shell').choices(Object.keys(shells)))
    .action((shell: keyof typeof shells, _options: unknown, command: Command) =>
      terminal.out(shells[shell](commandTree(command.parent ?? command))),
    )
}
