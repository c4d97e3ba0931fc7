import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { createProgram } from '../../../src/entrypoints/cli/run-cli.js'
import { captured, trimtab } from './captured.js'

const page = join(import.meta.dirname, '../../../docs/cli.md')
const helpBlock = /<!-- help:(\w+) -->\n(?:```text\n[\s\S]*?```\n)?/g

/** The page with each command's help as commander prints it. */
function withHelp(text: string): string {
  const { commands } = createProgram(captured(), () => undefined)
  return text.replace(helpBlock, (_, name: string) => {
    const command = commands.find((one) => one.name() === name)
    const help = command?.configureHelp({ helpWidth: 110 }).helpInformation()
    return `<!-- help:${name} -->\n\`\`\`text\n${help}\`\`\`\n`
  })
}

describe('docs/cli.md', () => {
  it("holds every command's help as the program prints it (UPDATE_DOCS=1 renews it)", () => {
    const text = readFileSync(page, 'utf8')
    if (process.env.UPDATE_DOCS) writeFileSync(page, withHelp(text))
    expect(readFileSync(page, 'utf8')).toBe(withHelp(text))
    const documented = [...text.matchAll(helpBlock)].map(([, name]) => name)
    const { commands } = createProgram(captured(), () => undefined)
    expect(documented).toEqual(commands.map((command) => command.name()))
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
