import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Sandbox } from '../../../sandbox/start-sandbox.js'
import type { Terminal } from '../terminal.js'

/** Writes the lines that point other programs at the world, for `set -a; . FILE`. The file holds keys: mode 600. */
export function writeEnvironmentFile(file: string, sandbox: Sandbox): void {
  writeFileSync(file, environmentLines(sandbox), { mode: 0o600 })
  chmodSync(file, 0o600)
}

/** Keeps the world running with its endpoints printed, until a signal ends it. */
export async function serveWorld(terminal: Terminal, sandbox: Sandbox): Promise<void> {
  terminal.out(`AWS     ${sandbox.aws.url}\n`)
  terminal.out(`GitHub  ${sandbox.github.url}  (${sandbox.repository})\n`)
  terminal.out(`clock   ${sandbox.clockUrl}  POST {"advanceMs": 3600000} moves the world on\n`)
  terminal.out(`deploy  POST ${sandbox.aws.url}/_trimtab/deploy  runs the team's pipeline\n`)
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve)
    process.once('SIGTERM', resolve)
  })
}

function environmentLines({ environment }: Sandbox): string {
  const { PRIVATE_KEY = '', ...plain } = environment
  const keyFile = join(mkdtempSync(join(tmpdir(), 'trimtab-')), 'app.pem')
  writeFileSync(keyFile, PRIVATE_KEY, { mode: 0o600 })
  const all = { ...plain, PRIVATE_KEY_PATH: keyFile }
  return Object.entries(all)
    .map(([name, value]) => `${name}='${value.replaceAll("'", "'\\''")}'\n`)
    .join('')
}
