import type { Settings } from '../model/configuration.js'
import type { Group } from '../model/group.js'
import type { Evidence } from '../model/recommendation.js'
import { coverageOf, timeOf } from '../model/series.js'
import type { Signals } from '../model/signals.js'
import type { Study } from './study.js'

/** Window, coverage and the reproducing command of any advice. */
export function evidenceOf(signals: Signals, group: Group, to: Settings, demandMargin: number): Evidence {
  const cpu = signals.series.cpuAverage
  const endAt = timeOf(signals.window, signals.window.steps)
  return {
    windowStartAt: signals.window.startAt,
    windowEndAt: endAt,
    coveragePercent: cpu.kind === 'known' ? coverageOf(cpu.value) : 0,
    memory: signals.series.memory.kind === 'known' ? 'measured' : 'survivedLoad',
    demandMargin,
    reproduce: reproduceCommand(group.name, to, endAt),
    notes: [],
  }
}

/** `measured`, or which rule stood in for it. */
export function memoryBasis({ demand, policy }: Study): Evidence['memory'] {
  if (demand.memory) return 'measured'
  return policy.sizing.memoryUnknown === 'ignore' ? 'ignored' : 'survivedLoad'
}

/**
 * The command that prints the same table.
 * @example reproduceCommand('shop-web', { minSize: 5 }, '2026-11-23T10:00:00.000Z')
 * // 'npx trimtab backtest --group shop-web --set minSize=5 --until 2026-11-23T10:00:00.000Z'
 */
export function reproduceCommand(groupName: string, to: Settings, until: string): string {
  const sets = Object.entries(to)
    .filter(([, value]) => typeof value !== 'object')
    .map(([key, value]) => ` --set ${shellWord(`${key}=${value}`)}`)
  return `npx trimtab backtest --group ${shellWord(groupName)}${sets.join('')} --until ${until}`
}

function shellWord(word: string): string {
  return /^[\w.=:/@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
