import { spawnSync } from 'node:child_process'
import { describe, expect, it } from '@jest/globals'
import { trimtab } from './captured.js'

async function script(shell: string): Promise<string> {
  const { code, out, err } = await trimtab(['completion', shell])
  expect({ code, err }).toEqual({ code: 0, err: '' })
  return out
}

/** What a real bash offers behind these words, the last of which is being typed. */
function offered(completion: string, words: readonly string[]): readonly string[] {
  const quoted = ['trimtab', ...words].map((word) => `'${word}'`).join(' ')
  const lines = [
    'set -u',
    'source /dev/stdin <<"END"',
    completion,
    'END',
    `COMP_WORDS=(${quoted}); COMP_CWORD=${words.length}`,
    '_trimtab',
    'printf "%s\\n" "${COMPREPLY[@]}"',
  ]
  const { status, stdout, stderr } = spawnSync('bash', ['--norc', '-c', lines.join('\n')], { encoding: 'utf8' })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return stdout.split('\n').filter((line) => line !== '')
}

describe('completion bash, in a real bash', () => {
  it.each([
    [['exp'], ['explain']],
    [['co'], ['config', 'completion', 'cost']],
    [['config', 'ch'], ['check']],
    [
      ['analyze', '--fail-on', ''],
      ['any', 'low', 'medium', 'high'],
    ],
    [
      ['analyze', '--region', 'us-east-1', '--re'],
      ['--region', '--record'],
    ],
    [['completion', 'z'], ['zsh']],
    [
      ['report', '--html', 'package'],
      ['package.json', 'package-lock.json'],
    ],
    [
      ['explain', '--'],
      ['--region', '--profile', '--endpoint', '--environment', '--application', '--now', '--json', '--help'],
    ],
  ])('%j offers %j', async (words, expected) => {
    expect([...offered(await script('bash'), words)].sort()).toEqual([...expected].sort())
  })

  it('registers itself for trimtab', async () => {
    const run = spawnSync('bash', ['--norc', '-c', `${await script('bash')}\ncomplete -p trimtab`], {
      encoding: 'utf8',
    })
    expect(run.stdout).toBe('complete -o default -F _trimtab trimtab\n')
  })
})

describe('completion of the other shells', () => {
  it.each(['zsh', 'fish'])('%s has every command and the choices of its options', async (shell) => {
    const text = await script(shell)
    for (const word of [
      'analyze',
      'backtest',
      'explain',
      'replay',
      'report',
      'init',
      'completion',
      'doctor',
      'any low medium high',
    ])
      expect(text).toContain(word)
    const { status, error } = spawnSync(shell, ['-n', '-c', text])
    if (!error) expect(status).toBe(0)
  })

  it('another shell is bad usage', async () => {
    const { code, err } = await trimtab(['completion', 'csh'])
    expect(code).toBe(2)
    expect(err).toContain('Allowed choices are bash, zsh, fish')
  })
})
