import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TrimtabError } from '../../../core/model/errors.js'
import { company, type Sandbox } from '../../../sandbox/start-sandbox.js'
import { printJson, type Terminal } from '../terminal.js'

/** Writes the lines that point other programs at the world, for `set -a; . FILE`. The file holds keys: mode 600. */
export function writeEnvironmentFile(file: string, sandbox: Sandbox): void {
  try {
    writeFileSync(file, '', { mode: 0o600 })
    chmodSync(file, 0o600)
    writeFileSync(file, environmentLines(sandbox))
  } catch (error) {
    const met = error instanceof Error ? error.message : String(error)
    throw new TrimtabError('usage', `writing --write-env: expected a file that can be written, got "${file}" (${met})`)
  }
}

/** Keeps the world running with its endpoints printed, until a signal ends it. */
export async function serveWorld(terminal: Terminal, sandbox: Sandbox, json: boolean): Promise<void> {
  const { aws, github, repository, clockUrl: clock } = sandbox
  const deploy = `${aws.url}/_trimtab/deploy`
  const webhook = `${aws.url}/_trimtab/webhook`
  if (json) printJson(terminal, { aws: aws.url, github: github.url, repository, clock, deploy, webhook })
  else
    terminal.out(`AWS      ${aws.url}
GitHub   ${github.url}  (${repository}; the lead ${company.lead} may write, ${company.reader} may read)
clock    POST {"advanceMs": 3600000} to ${clock}  moves the world on
deploy   POST ${deploy}  runs the team's pipeline, as each merge does
webhook  POST {"url": "…"} to ${webhook}  says where the App's webhooks go
`)
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve)
    process.once('SIGTERM', resolve)
  })
}

function environmentLines({ environment, github }: Sandbox): string {
  const { PRIVATE_KEY = '', ...plain } = environment
  const keyFile = join(mkdtempSync(join(tmpdir(), 'trimtab-')), 'app.pem')
  writeFileSync(keyFile, PRIVATE_KEY, { mode: 0o600 })
  const people = {
    SANDBOX_LEAD_TOKEN: github.token(company.lead),
    SANDBOX_READER_TOKEN: github.token(company.reader),
  }
  const all = { ...plain, PRIVATE_KEY_PATH: keyFile, ...people }
  return Object.entries(all)
    .map(([name, value]) => `${name}='${value.replaceAll("'", "'\\''")}'\n`)
    .join('')
}
