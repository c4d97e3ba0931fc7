import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import type { Command } from 'commander'
import { examples } from '../../../src/entrypoints/cli/examples.js'
import { createProgram } from '../../../src/entrypoints/cli/run-cli.js'
import { captured, trimtab } from './captured.js'

const page = join(import.meta.dirname, '../../../docs/cli.md')
const helpBlock = /<!-- help:([\w ]+) -->\n(?:```text\n[\s\S]*?```\n)?/g

/** Every command by its words, those below another one too: `config check`. */
function everyCommand(): ReadonlyMap<string, Command> {
  const below = (command: Command, path: string): readonly (readonly [string, Command])[] => [
    [path, command],
    ...command.commands.flatMap((one) => below(one, `${path} ${one.name()}`)),
  ]
  const { commands } = createProgram(captured(), () => undefined)
  return new Map(commands.flatMap((one) => below(one, one.name())))
}

/** The help of a command as it is printed, its examples included. */
function helpOf(command: Command | undefined): string {
  let text = ''
  command?.configureHelp({ helpWidth: 110 }).configureOutput({
    writeOut: (part) => {
      text += part
    },
  })
  command?.outputHelp()
  return text
}

/** The page with each command's help as commander prints it. */
function withHelp(text: string): string {
  const commands = everyCommand()
  return text.replace(
    helpBlock,
    (_, name: string) => `<!-- help:${name} -->\n\`\`\`text\n${helpOf(commands.get(name))}\`\`\`\n`,
  )
}

describe('docs/cli.md', () => {
  it("holds every command's help as the program prints it (UPDATE_DOCS=1 renews it)", () => {
    const text = readFileSync(page, 'utf8')
    if (process.env.UPDATE_DOCS) writeFileSync(page, withHelp(text))
    expect(readFileSync(page, 'utf8')).toBe(withHelp(text))
    const documented = [...text.matchAll(helpBlock)].map(([, name]) => name)
    expect(documented).toEqual([...everyCommand().keys()])
  })

  it.each([...everyCommand().keys()])('%s has examples that the program takes', (name) => {
    const lines = examples[name] ?? []
    expect(lines).not.toEqual([])
    for (const line of lines) expect(line).toContain(`trimtab ${name}`)
  })
})

describe('help and version', () => {
  it.each([['--help'], ['analyze', '--help'], ['help', 'run'], ['--version']])(
    '%s is a result: exit 0',
    async (...args) => {
      const { code, out, err } = await trimtab(args)
      expect({ code, err }).toEqual({ code: 0, err: '' })
      expect(out).not.toBe('')
    },
  )

  it('no command at all is bad usage, with the help on standard error', async () => {
    const { code, out, err } = await trimtab([])
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain('Usage: trimtab')
  })
})
