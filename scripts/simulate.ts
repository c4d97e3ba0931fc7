// Many histories of engine passes at once (test/workflows/simulation): `npx tsx scripts/simulate.ts --seeds 1500
// [--from 1]`. Prints the trace of the first that breaks an invariant; exits with 1 where one did.
import { parseArgs } from 'node:util'
import { simulate } from '../test/workflows/simulation/simulate.js'

const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '1500' }, from: { type: 'string', default: '1' } },
})
const [from, seeds] = [Number(values.from), Number(values.seeds)]
const startedAt = process.cpuUsage()
const words = new Map<string, number[]>()
let calls = 0
let shown = false
for (let seed = from; seed < from + seeds; seed += 1) {
  const history = await simulate(seed)
  calls += history.calls
  if (history.broken.length > 0 && !shown) {
    shown = true
    console.log(history.trace.join('\n'))
    console.log(`seed ${seed}: ${history.broken.join('; ')}\n`)
  }
  for (const what of history.broken) words.set(what, [...(words.get(what) ?? []), seed])
}
for (const [what, seedsOf] of words)
  console.log(`${seedsOf.length} × ${what} (seeds ${seedsOf.slice(0, 5).join(', ')})`)
const { user, system } = process.cpuUsage(startedAt)
const broken = new Set([...words.values()].flat()).size
console.log(
  `${seeds} histories, ${calls} calls, ${broken} with a broken invariant, ${((user + system) / 1e6).toFixed(1)} s CPU`,
)
process.exitCode = broken > 0 ? 1 : 0
