import { groupNameOf } from '../../../core/model/group.js'
import { changesInWords } from '../../../core/proposal/settings-words.js'
import type { RecommendationsDocument, StoredRecommendation } from '../documents/recommendations.js'
import { gainWords, heading, type Look, summaryTable } from '../summary.js'
import { printable } from '../terminal.js'

/** What `recommendations` prints: a row for each, newest first, and how many there are. */
export function recommendationsText(document: RecommendationsDocument, look: Look): string {
  const { recommendations, matching, environment } = document
  const title = heading('💡 Optimization Recommendations', look.chalk)
  if (recommendations.length === 0) return `${title}\n${noneWords(environment)}\n`
  const table = summaryTable(
    {
      head: ['Recorded', 'Priority', 'Type', 'Group', 'Advice', 'Status'],
      rows: recommendations.map((row) =>
        [
          `${row.timestamp.slice(0, 10)} ${row.timestamp.slice(11, 16)}`,
          row.priority,
          row.type,
          printable(groupNameOf(row.groupKey)) || '–',
          adviceWords(row),
          statusWords(row),
        ].map(printableLines),
      ),
    },
    look,
  )
  const shown = matching > recommendations.length ? `${recommendations.length} of ${matching}` : `${matching}`
  const noun = matching === 1 ? 'recommendation' : 'recommendations'
  return `${title}\n${table}\n${shown} ${noun}, newest first; times are UTC\n`
}

function printableLines(cell: string): string {
  return cell.split('\n').map(printable).join('\n')
}

function adviceWords(row: StoredRecommendation): string {
  const words = changesInWords(row.from, row.to) || row.description
  return [words, ...gainWords(row.monthlyUsd)].join('\n')
}

function statusWords({ status, changeState, page }: StoredRecommendation): string {
  return [status, ...(changeState === 'recorded' ? [] : [changeState]), ...(page === null ? [] : [page])].join('\n')
}

function noneWords(environment: string | null): string {
  const where = environment === null ? '' : ` for ${environment}`
  return `No recorded recommendation matches${where}. \`trimtab run\` records them; \`trimtab analyze\` shows what it would find now.`
}
