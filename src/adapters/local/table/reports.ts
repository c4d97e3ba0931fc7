import type { GroupReport } from '../../../core/model/group-report.js'
import { reportKeptMs } from '../../../core/model/report-rules.js'
import type { Clock, Reports } from '../../../ports.js'

/** Reports in memory, kept as JSON text, as in the table, so that both give back the same. */
export function createLocalReports(clock: Clock): Reports {
  const texts = new Map<string, string>()
  const living = (text: string | undefined): GroupReport | undefined => {
    const report = text === undefined ? undefined : (JSON.parse(text) as GroupReport)
    return report && Date.parse(report.at) + reportKeptMs > clock.now().getTime() ? report : undefined
  }
  return {
    async save(report) {
      const { groupKey } = report.group
      const earlier = living(texts.get(groupKey))
      if (!earlier || earlier.at <= report.at) texts.set(groupKey, JSON.stringify(report))
    },
    async find(groupKey) {
      return living(texts.get(groupKey))
    },
    async *all() {
      for (const text of [...texts.values()]) {
        const report = living(text)
        if (report) yield report
      }
    },
  }
}
