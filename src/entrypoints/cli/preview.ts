import { Command } from 'commander'
import { createDirectoryReader } from '../../adapters/local/directory-reader.js'
import { createDraftHost } from '../../adapters/local/draft-host.js'
import { refusalSentences } from '../../core/model/code.js'
import type { Recommendation } from '../../core/model/recommendation.js'
import { titleOf } from '../../core/proposal/pull-request-page.js'
import type { PlacedGroup } from '../../workflows/analyse/place-group.js'
import type { CodeHost, Deps } from '../../workflows/deps.js'
import { nobodyElse } from '../../workflows/lease.js'
import { analysePass } from '../../workflows/pass/analyse-pass.js'
import { proposeChange } from '../../workflows/propose/propose-change.js'
import type { PreviewRow } from './documents/preview.js'
import type { ExitCode } from './exit-code.js'
import { type GroupOptions, type OutputOptions, type PlaceOptions, withGroups, withPlace } from './options.js'
import { faultRow } from './pass-document.js'
import { passExitCode, passFaultLines } from './pass-faults.js'
import { openSession } from './session.js'
import { printable, printJson, type Terminal } from './terminal.js'
import { unifiedDiff } from './unified-diff.js'

type PreviewOptions = PlaceOptions & GroupOptions & OutputOptions & { readonly repo: string; readonly body?: boolean }

/** `trimtab preview --repo DIR`: the diffs that pull requests would hold, on a checkout; nothing is written anywhere. */
export function previewCommand(terminal: Terminal, finish: (code: ExitCode) => void): Command {
  return withGroups(withPlace(new Command('preview')))
    .description('show the edits that pull requests would hold, on a local checkout without GitHub')
    .requiredOption('--repo <dir>', 'top folder of a checkout of the infrastructure code')
    .option('--body', 'print the text of each pull request too')
    .option('--json', 'one JSON document on standard output')
    .action(async (options: PreviewOptions) => finish(await preview(options, terminal)))
}

async function preview(options: PreviewOptions, terminal: Terminal): Promise<ExitCode> {
  const { drafts: _, ...drafting } = createDraftHost()
  const host: CodeHost = { code: createDirectoryReader(options.repo), ...drafting }
  await host.code.repositories()
  const deps = await openSession(terminal, options, { table: 'memory', host })
  const pass = await analysePass(deps)
  const rows: PreviewRow[] = []
  for (const analysis of pass.groups) {
    for (const advice of analysis.advice) {
      const { recommendation } = await deps.recommendations.record(advice, pass.at)
      rows.push(await previewOf(deps, host, analysis, recommendation))
    }
  }

  if (options.json) printJson(terminal, { proposals: rows, faults: pass.faults.map(faultRow) })
  else if (rows.length === 0 && pass.faults.length === 0) terminal.out('Nothing to change: no group has advice.\n')
  else for (const row of rows) terminal.out(`${rowText(row, options, terminal)}\n`)
  for (const line of passFaultLines(pass)) terminal.err(`${line}\n`)
  return passExitCode(pass, deps.selection)
}

async function previewOf(
  deps: Deps,
  host: CodeHost,
  { group, policy, code }: PlacedGroup,
  row: Recommendation,
): Promise<PreviewRow> {
  const { groupKey, id: recommendationId } = row
  const head = { groupKey, recommendationId, title: titleOf(row), body: null, files: [] }
  const before = code.repository?.files ?? new Map<string, string>()
  const { drafts, ...capturing } = createDraftHost()
  const proposal = { recommendation: row, group, policy, code }
  const done = await proposeChange(deps, { ...host, ...capturing }, proposal, nobodyElse)
  if (done?.kind === 'by-hand') return { ...head, refused: { reason: done.refused.reason, hint: done.refused.hint } }
  const draft = drafts.pullRequests[0]?.draft
  if (!draft) {
    const hint = code.kind === 'missing' ? code.why : 'this kind of advice is not proposed as code'
    return { ...head, refused: { reason: 'not-found', hint } }
  }
  const files = [...draft.files].map(([path, after]) => ({
    path,
    patch: unifiedDiff(path, before.get(path) ?? '', after),
  }))
  return { ...head, title: draft.title, body: draft.body, files }
}

function rowText(row: PreviewRow, options: PreviewOptions, { chalk }: Terminal): string {
  const title = chalk.bold(printable(row.title))
  if (row.refused) {
    const { reason, hint } = row.refused
    const sentence = refusalSentences[reason as keyof typeof refusalSentences] ?? reason
    return `${title}\n  not edited: ${hint.startsWith(sentence) ? printable(hint) : `${sentence} (${printable(hint)})`}\n`
  }
  const patches = row.files.map(({ patch }) =>
    patch
      .split('\n')
      .map((line) => coloured(line, chalk))
      .join('\n'),
  )
  return [title, ...(options.body && row.body ? [row.body] : []), ...patches].join('\n')
}

function coloured(line: string, chalk: Terminal['chalk']): string {
  const plain = line.replace(/[^\P{Cc}\t]/gu, '')
  if (plain.startsWith('+')) return chalk.green(plain)
  return plain.startsWith('-') ? chalk.red(plain) : plain
}
