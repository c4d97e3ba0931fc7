/** A company's world in a process of its own, so that its work is not counted as ours; forked, it tells by messages. */
import { startSandbox } from '../../src/sandbox/start-sandbox.js'
import { traceFleetFiles } from '../../src/sandbox/trace-fleet.js'
import { fleetRoles, groupFor } from '../../src/sandbox/world/scenarios.js'
import type { CompanyAnswer } from './company-answer.js'

const count = Number(process.argv[2])
const groups = Array.from({ length: count }, (_, index) => {
  const role = fleetRoles[index % fleetRoles.length] as (typeof fleetRoles)[number]
  return { ...groupFor(role, index + 1), name: `group-${index}` }
})
const sandbox = await startSandbox({
  seed: 1,
  nowAt: '2026-11-23T09:00:00Z',
  groups,
  files: traceFleetFiles(groups),
  realTime: false,
})
const tell = (answer: CompanyAnswer) => process.send?.(answer)
process.on('message', () =>
  tell({ environment: sandbox.environment, calls: sandbox.calls(), metrics: sandbox.metrics() }),
)
tell({ environment: sandbox.environment, calls: sandbox.calls(), metrics: sandbox.metrics() })
