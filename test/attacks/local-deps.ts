import { createLocalLeases } from '../../src/adapters/local/table/leases.js'
import { createLocalNotebook } from '../../src/adapters/local/table/notebook.js'
import { createLocalRecommendations } from '../../src/adapters/local/table/recommendations.js'
import { createPages } from '../../src/core/proposal/pages.js'
import { createJournal } from '../../src/entrypoints/journal.js'
import { readTemplates } from '../../src/entrypoints/read-templates.js'
import type { Clock } from '../../src/ports.js'
import type { Deps } from '../../src/workflows/deps.js'

const clock: Clock = { now: () => new Date('2026-11-23T12:00:00Z'), sleep: async () => undefined }
const templates = await readTemplates()

/** Tables in memory, real pages and a real journal whose lines go to `lines`; nothing of AWS. */
export function localDeps(lines: string[]): Partial<Deps> {
  return {
    clock,
    journal: createJournal('debug', { write: (line: string) => void lines.push(line) }),
    recommendations: createLocalRecommendations(clock),
    leases: createLocalLeases(clock),
    notebook: createLocalNotebook(clock),
    render: createPages(templates),
    owner: 'attacked',
  }
}
