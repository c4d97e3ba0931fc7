/**
 * Trimtab's own bill: a day at the production schedule on a world in a process of its own, its counts times prices, for
 * one group and a month: `npm run bench:bill`. The run's own counters must agree with the world's.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readEnvironment } from '../src/config/environment.js'
import { hourMs, minuteMs } from '../src/core/model/units.js'
import { addedUsage, type Usage, usageNames } from '../src/core/model/usage.js'
import { createJournal } from '../src/entrypoints/journal.js'
import { wire } from '../src/entrypoints/wire.js'
import type { Deps } from '../src/workflows/deps.js'
import type { CompanyAnswer } from './bench/company-answer.js'
import { printBill } from './bench/print-bill.js'
import { type ScheduledTask, tasksOfHour } from './bench/production-schedule.js'

/** One batch of the fan-out. */
const groups = 25
const hours = 24

const company = fork('scripts/bench/serve-company.ts', [String(groups)], { execArgv: ['--import', 'tsx'] })
const hear = async () => (await once(company, 'message'))[0] as CompanyAnswer
const ask = async () => {
  company.send('count')
  return hear()
}

const { environment } = await hear()
const connect = (table: 'create' | 'required'): Promise<Deps> =>
  wire(readEnvironment({ ...environment, TRIMTAB_MODE: 'propose' }), {
    table,
    environmentVariables: environment,
    journal: createJournal('silent'),
  })

/** Every run has clients of its own, as a function's call has in the worst case. */
async function runTask(task: ScheduledTask, table: 'create' | 'required' = 'required'): Promise<Usage> {
  const deps = await connect(table)
  deps.meter.take()
  const began = process.cpuUsage()
  await task.run(deps)
  const { user, system } = process.cpuUsage(began)
  return addedUsage(deps.meter.take(), task.around((user + system) / 1_000_000))
}

const clock = await connect('create')
// The first read of all is once for ever, and not part of a month.
for (const task of tasksOfHour(0).slice(0, 1)) await runTask(task)
const before = await ask()
const byTask = new Map<string, Usage>()
for (let hour = 0; hour < hours; hour += 1) {
  for (const task of tasksOfHour(hour)) {
    byTask.set(task.name, addedUsage(byTask.get(task.name) ?? {}, await runTask(task)))
    if (task.minutesAfter > 0) await clock.clock.sleep(task.minutesAfter * minuteMs)
  }
  process.stderr.write(`\rhour ${hour + 1} of ${hours}`)
}
process.stderr.write('\n')
const after = await ask()
company.kill()

const counted = [...byTask.values()].reduce(addedUsage, {})
const requested = after.metrics.requested - before.metrics.requested
if (counted[usageNames.metrics] !== requested) {
  throw new Error(`counting metrics: the world gave ${requested}, the runs counted ${counted[usageNames.metrics]}`)
}
printBill({ byTask, groups, days: (hours * hourMs) / (24 * hourMs) })
process.exit(0)
