import { groupNameOf } from '../../../core/model/group.js'
import { company, type Sandbox } from '../../../sandbox/start-sandbox.js'
import { printable, type Terminal } from '../terminal.js'
import type { Story } from './tell-story.js'

/** The end of the story: every pull request with its diff, the issues, and the metrics before and after the merge. */
export async function printEnd({ out, chalk }: Terminal, sandbox: Sandbox, story: Story): Promise<void> {
  out(`\n${chalk.bold('Pull requests')}\n`)
  for (const pull of await sandbox.github.pulls(company.repository)) {
    out(`\n#${pull.number} ${printable(pull.title)} (${pull.state})\n`)
    for (const { path, patch } of pull.files) out(`  ${path}\n${indented(patch)}\n`)
  }
  out(`\n${chalk.bold('Issues')}\n`)
  for (const issue of await sandbox.github.issues(company.repository))
    out(`#${issue.number} ${printable(issue.title)} (${issue.state})\n`)
  out(beforeAndAfter(story))
}

function beforeAndAfter({ first, last }: Story): string {
  const changed = last.recommendations.filter(
    ({ change }) => change.deployedAt !== undefined || change.application?.result === 'succeeded',
  )
  const lines = changed.map(({ groupKey }) => {
    const line = (pass: Story['first']) => {
      const found = pass.groups.find(({ group }) => group.groupKey === groupKey)
      if (!found || found.scored.kind === 'unscored') return 'no data'
      const { currentScore } = found.scored.scorecard
      return `score ${currentScore?.toFixed(0) ?? 'no data'}, ${found.group.instances.length} instances`
    }
    return `${groupNameOf(groupKey)}: ${line(first)} → ${line(last)}\n`
  })
  return lines.length === 0 ? '' : `\nThe first day → the last, score of the last 15 minutes\n${lines.join('')}`
}

function indented(patch: string): string {
  return patch
    .split('\n')
    .map((line) => `    ${printable(line)}`)
    .join('\n')
}
