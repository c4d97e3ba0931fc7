import { describe, expect, it } from '@jest/globals'
import { TrimtabError } from '../../src/core/model/errors.js'
import { createJournal, type LogLevel } from '../../src/entrypoints/journal.js'

function journalled(level: LogLevel) {
  const lines: string[] = []
  const journal = createJournal(level, { write: (line) => void lines.push(line) })
  return { journal, read: () => lines.map((line) => JSON.parse(line)) }
}

describe('the journal', () => {
  it('writes one JSON line for each outcome and failure', () => {
    const { journal, read } = journalled('info')
    journal.outcome('change declined', { changeId: 'c1', groupKey: 'a/b/c' })
    journal.failure('group failed', new TrimtabError('throttled', 'too fast', { call: 'ec2:X' }), { scope: 'a/b/c' })
    expect(read()).toEqual([
      expect.objectContaining({ level: 30, msg: 'change declined', changeId: 'c1', groupKey: 'a/b/c' }),
      expect.objectContaining({ level: 50, msg: 'group failed', code: 'throttled', call: 'ec2:X', remedy: 'retry' }),
    ])
  })

  it('writes a stack only where the fault is our own bug', () => {
    const { journal, read } = journalled('info')
    journal.failure('x', new TrimtabError('credentials', 'bad key'))
    journal.failure('y', new Error('a bug'))
    expect(read()[0]).not.toHaveProperty('stack')
    expect(read()[1]).toHaveProperty('stack')
  })

  it('is silent when it is told to be', () => {
    const { journal, read } = journalled('silent')
    journal.failure('x', new Error('a bug'))
    expect(read()).toEqual([])
  })
})
