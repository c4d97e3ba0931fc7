import type { Command } from 'commander'

/** Command lines that each help ends with, by command; `config check` is a command below `config`. */
export const examples: Readonly<Record<string, readonly string[]>> = {
  metrics: ['trimtab metrics --environment production --period 24', 'trimtab metrics --group shop-web --csv'],
  recommendations: ['trimtab recommendations --environment production --priority HIGH'],
  cost: ['trimtab cost --environment production', 'trimtab cost --environment production --csv > cost.csv'],
  scaling: ['trimtab scaling --environment production'],
  dashboard: ['trimtab dashboard --environment production', 'trimtab dashboard --once'],
  analyze: ['trimtab analyze --environment production', 'trimtab analyze --fail-on high --json > analysis.json'],
  run: ['trimtab run', 'trimtab run --create-table --region eu-west-1 --json'],
  preview: ['trimtab preview --repo ~/src/infrastructure --group shop-web'],
  edit: ['trimtab edit --repo . --group aws_autoscaling_group.web --set minSize=4 --live 2'],
  backtest: ['trimtab backtest --group shop-web --set minSize=5 --until 2026-11-23T10:00Z'],
  explain: ['trimtab explain down-1f3c9a0b77aa', 'trimtab explain shop-web --json'],
  replay: ['trimtab replay down-1f3c9a0b77aa', 'trimtab replay 1f3c9a0b77aa --json'],
  report: ['trimtab report --html fleet.html', 'trimtab report --html web.html --group shop-web'],
  init: ['trimtab init', 'trimtab init --dry-run --environment staging'],
  config: ['trimtab config check', 'trimtab config schema > trimtab.schema.json'],
  'config schema': ['trimtab config schema > trimtab.schema.json'],
  'config docs': ['trimtab config docs | less'],
  'config check': ['trimtab config check', 'trimtab config check .github/trimtab.yml --json'],
  completion: [
    'source <(trimtab completion bash)',
    'source <(trimtab completion zsh)',
    'trimtab completion fish | source',
  ],
  demo: ['trimtab demo', 'trimtab demo --serve --write-env world.env'],
  doctor: ['trimtab doctor', 'trimtab doctor --paid --region us-east-1'],
}

/** Puts the examples under the help of a command and of those below it. */
export function withExamples(command: Command, path = command.name()): Command {
  const lines = examples[path] ?? []
  if (lines.length > 0) {
    command.addHelpText('after', `\nExamples:\n${lines.map((line) => `  $ ${line}`).join('\n')}`)
  }
  for (const below of command.commands) withExamples(below, `${path} ${below.name()}`)
  return command
}
