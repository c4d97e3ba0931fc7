import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from '@jest/globals'
import { trimtab } from './captured.js'

const folder = mkdtempSync(join(tmpdir(), 'trimtab-demo-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('trimtab demo, used wrongly', () => {
  it.each([
    [['--seed', '-1'], 'expected a whole number, got "-1"'],
    [['--seed', 'abc'], 'expected a whole number, got "abc"'],
    [['--serve', '--port', '99999'], 'expected a port from 0 to 65535, got "99999"'],
    [['--write-env', join(folder, 'world.env')], '--write-env works with --serve only'],
    [['--port', '8080'], '--port works with --serve only'],
    [['--traces', join(folder, 'nowhere')], 'which does not exist'],
  ])('%j ends with 2 and one sentence', async (args, sentence) => {
    const { code, out, err } = await trimtab(['demo', ...args])
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(sentence)
    expect(err).not.toContain('internal fault')
    expect(existsSync(join(folder, 'world.env'))).toBe(false)
  })

  it('names file, line and value of a recording that cannot be read', async () => {
    writeFileSync(join(folder, 'load.csv'), 'timestamp,value\n2026-01-05T00:00:00Z,-5\n')
    const { code, err } = await trimtab(['demo', '--traces', folder])
    expect(code).toBe(2)
    expect(err).toContain('error: reading load.csv line 2: expected a number not below 0, got "-5"\n')
  })

  it('says that a port is taken', async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const { code, err } = await trimtab(['demo', '--serve', '--port', `${port}`])
    await new Promise((resolve) => server.close(resolve))
    expect(code).toBe(2)
    expect(err).toContain(`expected a free port, got ${port}`)
  }, 240_000)
})
