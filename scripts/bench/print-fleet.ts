import { cpus, totalmem } from 'node:os'
import type { Floor, Reading } from './reading.js'

export interface FleetMeasures {
  readonly size: number
  readonly floor: Floor
  readonly first: Reading
  readonly next: Reading
  readonly analysis: Reading | undefined
}

/** The answers that the target of a first read was drawn for: five series of two weeks. */
const drawnForKb = 414

let headed = false

/** A table of one fleet beside its targets; the machine above the first. */
export function printFleet({ size, floor, first, next, analysis }: FleetMeasures): void {
  if (!headed)
    print(
      `${cpus()[0]?.model}, ${cpus().length} cores, ${(totalmem() / 2 ** 30).toFixed(0)} GB, Node ${process.version}`,
    )
  headed = true
  print(`\n${size} groups: CPU for each group`)
  row('', 'ms', 'floor ms', 'ratio', 'target')
  line('first read, series', first.signalsMs, floor.firstMs)
  line(
    `the same for ${drawnForKb} KB; here are ${floor.firstKb.toFixed(0)}`,
    (first.signalsMs ?? 0) * (drawnForKb / floor.firstKb),
    undefined,
    '≤ 8 ms',
  )
  line('next read, series (a process of its own)', next.signalsMs, floor.nextMs, '≤ 1.5 ms')
  line('listing', next.listMs)
  line('first batch of a new process, first read', first.coldMs)
  line('first batch of a new process, next read', next.coldMs)
  if (analysis) line('whole analysis, let go batch by batch', analysis.analysisMs)
  print('memory')
  row('held for a group', `${first.heldKb?.toFixed(0)} KB`, '', '', '≤ 160 KB')
  row('peak resident, first read', `${first.maxRssMb.toFixed(0)} MB`, '', '', '≤ 400 MB')
  row('peak resident, next read', `${next.maxRssMb.toFixed(0)} MB`, '', '', '≤ 400 MB')
  if (analysis) row('peak resident, whole analysis', `${analysis.maxRssMb.toFixed(0)} MB`)
  print('calls for each group                       first      next')
  for (const name of [...new Set([...Object.keys(first.calls), ...Object.keys(next.calls)])].sort()) {
    const of = ({ calls }: Reading) => (calls[name] ?? 0).toFixed(3).padStart(9)
    if (Number(of(first)) + Number(of(next)) > 0) print(`  ${name.padEnd(40)}${of(first)} ${of(next)}`)
  }
}

function line(what: string, ms: number | undefined, floorMs?: number, target = ''): void {
  const ratio = ms === undefined || floorMs === undefined ? '' : (ms / floorMs).toFixed(2)
  row(what, ms?.toFixed(2) ?? '', floorMs?.toFixed(2) ?? '', ratio, target)
}

function row(what: string, ...cells: readonly string[]): void {
  print(`  ${what.padEnd(42)}${cells.map((cell) => cell.padStart(10)).join('')}`)
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
