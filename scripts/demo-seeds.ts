// Runs the demo's story for several seeds and checks that each group has its outcome in all of them.
// Usage: npx tsx scripts/demo-seeds.ts [FIRST] [LAST]     Exit 1 where an outcome is missing.
import { execFileSync } from 'node:child_process'

interface Row {
  readonly groupKey: string
  readonly type?: string
  readonly kind?: string
  readonly result?: string
}
interface Document {
  readonly recommendations: readonly Row[]
  readonly decisions: readonly Row[]
  readonly applied: readonly Row[]
  readonly pullRequests: readonly { readonly title: string }[]
  readonly issues: readonly { readonly title: string }[]
}

const [first = 1, last = 20] = process.argv.slice(2).map(Number)

function named(rows: readonly Row[], group: string) {
  return rows.filter(({ groupKey }) => groupKey.endsWith(`/kestrel-${group}`))
}

function titled(pages: Document['issues'], start: string) {
  return pages.some(({ title }) => title.startsWith(`kestrel-${start}`))
}

/** One line for each group of the fleet: what must be seen of it at the end of the story. */
const outcomes: Readonly<Record<string, (end: Document) => boolean>> = {
  'over-provisioned: a pull request that scales down': (end) => titled(end.pullRequests, 'storefront: minimum'),
  'saturated: scaled up live': (end) => named(end.applied, 'checkout-api').some(({ result }) => result === 'succeeded'),
  'saturated: written back': (end) => titled(end.pullRequests, 'checkout-api: keep capacity'),
  'wrong family: a pull request with another type': (end) => titled(end.pullRequests, 'route-planner: type'),
  'fault-tolerant: spot advice and an issue': (end) =>
    named(end.recommendations, 'staging-encoders').length > 0 && titled(end.issues, 'staging-encoders'),
  'no memory data: advice within survived load': (end) => titled(end.pullRequests, 'search: minimum'),
  'gappy data: held': (end) => named(end.decisions, 'telemetry-intake').every(({ kind }) => kind === 'hold'),
  'memory-bound: not made smaller': (end) => named(end.recommendations, 'session-cache').length === 0,
  'computed value: an issue': (end) => titled(end.issues, 'pricing'),
  'well-sized: nothing': (end) => named(end.recommendations, 'bookings').length === 0,
  'failing scale-up: rolled back': (end) =>
    named(end.applied, 'notifications').some(({ result }) => result === 'rolledBack'),
}

let missing = 0
for (let seed = first; seed <= last; seed++) {
  const args = ['tsx', 'src/entrypoints/cli/main.ts', 'demo', '--json', '--seed', String(seed)]
  const end = JSON.parse(
    execFileSync('npx', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1 << 26 }),
  ) as Document
  const lost = Object.entries(outcomes).flatMap(([what, holds]) => (holds(end) ? [] : [what]))
  missing += lost.length
  console.log(`seed ${seed}: ${lost.length === 0 ? 'every outcome' : `missing: ${lost.join('; ')}`}`)
}
process.exit(missing > 0 ? 1 : 0)
