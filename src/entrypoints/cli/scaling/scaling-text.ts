import { type HoldReason, holdReasons } from '../../../core/model/hold.js'
import { timeOfDay } from '../../../core/proposal/figures.js'
import type { ScalingDocument, ScalingGroup } from '../documents/scaling.js'
import { groupTitle, heading, type Look, summaryTable } from '../summary.js'
import { printable } from '../terminal.js'

/** What `scaling` prints: for each group its sizes, what moves them, and what holds a live scale-up. */
export function scalingText({ groups, environment }: ScalingDocument, look: Look): string {
  const title = heading('⚖️  Scaling Status', look.chalk)
  if (groups.length === 0) return `${title}\nNo group${environment === null ? '' : ` in ${printable(environment)}`}.\n`
  const sections = groups.map((group) => {
    const rows = rowsOf(group).map((row) => row.map(printable))
    const table = summaryTable({ head: ['Setting', 'Value', 'Status'], rows, minWidths: [22, 34, 14] }, look)
    const unread = group.unread.map((why) => `  could not be read: ${printable(why)}`)
    return [groupTitle(group, look.chalk), table, ...liveLines(group), ...unread].join('\n')
  })
  return `${title}\n${sections.join('\n\n')}\n`
}

function rowsOf(group: ScalingGroup): readonly (readonly string[])[] {
  const { minSize, desiredCapacity, maxSize, inService, healthy, usedPercent, lastActivity } = group
  const limit = desiredCapacity >= maxSize ? 'AT MAXIMUM' : desiredCapacity <= minSize ? 'AT MINIMUM' : 'OK'
  return [
    [
      'Instances in service',
      `${inService} of ${desiredCapacity} desired`,
      inService === desiredCapacity ? 'OK' : 'SCALING',
    ],
    ['Healthy', `${healthy} of ${inService}`, inService === 0 ? '–' : healthy === inService ? 'OK' : 'UNHEALTHY'],
    ['Minimum – maximum', `${minSize} – ${maxSize}`, limit],
    ['Used of the maximum', usedPercent === null ? 'no data' : `${usedPercent.toFixed(1)}%`, '–'],
    ['Instance type', group.instanceType ?? 'no data', '–'],
    ...policyRows(group),
    [
      'Suspended processes',
      group.suspendedProcesses.join(', ') || 'none',
      group.suspendedProcesses.length > 0 ? 'SUSPENDED' : 'OK',
    ],
    lastActivity
      ? ['Last activity', `${timeOfDay(lastActivity.startedAt)}: ${lastActivity.description}`, lastActivity.status]
      : ['Last activity', 'no data', '–'],
  ]
}

function policyRows({ policies }: ScalingGroup): readonly (readonly string[])[] {
  if (policies === null) return [['Scaling policies', 'no data', '–']]
  if (policies.length === 0) return [['Scaling policies', 'none', '–']]
  return policies.map(({ name, kind, watches, enabled }) => [
    'Scaling policy',
    `${name} (${kind}): ${watches}`,
    enabled ? 'ON' : 'OFF',
  ])
}

function liveLines({ liveScaleUp }: ScalingGroup): readonly string[] {
  if (liveScaleUp.length === 0)
    return ['  live scale-up: possible, when the group is degraded and the rest of the checks pass']
  return liveScaleUp.map(({ reason, detail }) => `  ${holdReasons[reason as HoldReason]} (${printable(detail)})`)
}
