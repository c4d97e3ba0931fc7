import { changesInWords } from '../../core/proposal/settings-words.js'
import type { Pass } from '../../workflows/pass/pass.js'
import type { CsvTable } from './csv.js'
import { passDocument } from './pass-document.js'

/** A row for each decision: a recommendation of a group, or the group's hold. Figures as in the document. */
export function passCsv(pass: Pass): CsvTable {
  const { groups } = passDocument(pass)
  const byKey = new Map(groups.map((row) => [row.groupKey, row]))
  const rows = [...pass.decisions].sort((a, b) => (a.groupKey < b.groupKey ? -1 : a.groupKey > b.groupKey ? 1 : 0))
  return {
    head: [
      ...['groupKey', 'environment', 'score', 'efficiency', 'diagnosis', 'recommendationId', 'type', 'priority'],
      ...['change', 'monthlyUsd', 'decision', 'reason'],
    ],
    rows: rows.map(({ groupKey, recommendationId, decision }) => {
      const group = byKey.get(groupKey)
      const row = pass.recommendations.find(({ id }) => id === recommendationId)
      const figures = [group?.environment, group?.score, group?.efficiency, group?.diagnosis].map(
        (cell) => cell ?? null,
      )
      const advice = row
        ? [row.id, row.type, row.priority, changesInWords(row.from, row.to), Number(row.monthlyUsd.toFixed(2))]
        : [null, null, null, null, null]
      return [groupKey, ...figures, ...advice, decision.kind, decision.reason]
    }),
  }
}
