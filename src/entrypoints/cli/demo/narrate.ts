import { groupNameOf } from '../../../core/model/group.js'
import { changesInWords } from '../../../core/proposal/settings-words.js'
import type { Pass } from '../../../workflows/pass/pass.js'
import { passText, resultWords } from '../pass-text.js'
import type { Terminal } from '../terminal.js'
import type { Narrator } from './tell-story.js'

/** Tells the story as it goes on: the whole fleet on the first day and the last, and each day what was new. */
export function narrateTo({ out, chalk }: Pick<Terminal, 'out' | 'chalk'>): Narrator {
  const told = new Set<string>()
  const news = (line: string) => {
    if (!told.has(line)) out(`  ${line}\n`)
    told.add(line)
  }
  return {
    day: (day, now) => out(`\n${chalk.bold(`Day ${day}`)}, ${now.toISOString().slice(0, 10)}\n`),
    pass(pass, whole) {
      if (whole) out(`${passText(pass, chalk)}\n`)
      else for (const line of doneIn(pass)) news(line)
      for (const line of verdictsOf(pass)) news(line)
    },
    merged: (number, title) => news(`the team merged #${number} ${title}`),
    deployed: (changes) => {
      for (const change of changes) news(`the pipeline deployed ${change}`)
    },
  }
}

function doneIn({ applied, proposed }: Pass): readonly string[] {
  return [
    ...applied.map(
      ({ groupKey, from, to, result }) =>
        `live: capacity of ${groupNameOf(groupKey)} ${from} → ${to}, ${resultWords[result]}`,
    ),
    ...proposed.map(
      ({ groupKey, kind, number }) =>
        `${kind === 'by-hand' ? 'issue' : 'pull request'} #${number} for ${groupNameOf(groupKey)}`,
    ),
  ]
}

function verdictsOf({ recommendations }: Pass): readonly string[] {
  return recommendations.flatMap(({ change, groupKey, from, to }) =>
    change.verification
      ? [`verified: ${groupNameOf(groupKey)}, ${changesInWords(from, to)}: ${change.verification.summary}`]
      : [],
  )
}
