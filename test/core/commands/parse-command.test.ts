import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { parseCommand } from '../../../src/core/commands/parse-command.js'

const week = 7 * 86_400_000

describe('a command in a comment', () => {
  it.each([
    ['/trimtab', { kind: 'help' }],
    ['/trimtab help', { kind: 'help' }],
    ['Thanks!\n\n/trimtab explain please', { kind: 'explain' }],
    ['/trimtab recheck', { kind: 'recheck' }],
    ['/trimtab snooze 2w', { kind: 'snooze', forMs: 2 * week, written: '2w' }],
    ['/TRIMTAB Snooze 3d', { kind: 'snooze', forMs: 3 * 86_400_000, written: '3d' }],
    ['/trimtab ignore because we freeze in December', { kind: 'ignore', because: 'we freeze in December' }],
    ['/trimtab ignore', { kind: 'ignore', because: undefined }],
  ])('%j is understood', (comment, command) => {
    expect(parseCommand(comment)).toEqual(command)
  })

  it.each([
    ['no command at all'],
    ['say /trimtab ignore in the middle of a line'],
    ['> /trimtab ignore\nquoted from someone else'],
    ['```\n/trimtab ignore\n```'],
    ['````\n```\n/trimtab ignore\n````'],
    ['~~~\n/trimtab ignore\n~~~'],
    ['    /trimtab ignore'],
    ['/trimtabs ignore'],
  ])('%j holds none', (comment) => {
    expect(parseCommand(comment)).toBeUndefined()
  })

  it.each([
    ['/trimtab apply', 'apply'],
    ['/trimtab snooze', 'snooze'],
    ['/trimtab snooze 0d', 'snooze 0d'],
    ['/trimtab snooze 99w', 'snooze 99w'],
    ['/trimtab snooze forever', 'snooze forever'],
  ])('%j is answered with what was expected', (comment, written) => {
    expect(parseCommand(comment)).toMatchObject({ kind: 'unknown', written, why: expect.stringMatching(/^expected/) })
  })

  it('never fails and stays short, whatever is written', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 400 }), (tail) => {
        const command = parseCommand(`/trimtab ignore ${tail}`)
        if (command?.kind === 'ignore') expect((command.because ?? '').length).toBeLessThanOrEqual(500)
      }),
    )
  })
})
