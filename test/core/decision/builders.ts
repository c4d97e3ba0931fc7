import type { ApplyFacts } from '../../../src/core/decision/apply-facts.js'
import type { ProposeFacts } from '../../../src/core/decision/decide-propose.js'
import { known } from '../../../src/core/model/fact.js'
import type { Recommendation } from '../../../src/core/model/recommendation.js'

export const now = new Date('2026-11-24T12:00:00.000Z')

/** A scale-up from 4 to 6 that may be applied. */
export function scaleUpOf(changes: Partial<Recommendation> = {}): Recommendation {
  return {
    id: 'up-1f3c9a0b77aa',
    timestamp: '2026-11-24T11:58:00.000Z',
    changeId: '1f3c9a0b77aa',
    generation: 1,
    status: 'PENDING',
    change: { state: 'recorded' },
    revision: 1,
    updatedAt: '2026-11-24T11:58:00.000Z',
    type: 'SCALE_UP',
    priority: 'HIGH',
    property: 'capacity',
    groupKey: '123456789012/us-east-1/shop-web',
    environment: 'production',
    description: 'Raise the desired capacity from 4 to 6',
    from: { desiredCapacity: 4 },
    to: { desiredCapacity: 6 },
    monthlyUsd: -140.16,
    expectedImpact: { performanceImprovement: 33, riskLevel: 'LOW' },
    implementation: { automated: true, steps: ['Raise the desired capacity'], estimatedDuration: 'up to 15 minutes' },
    evidence: {
      windowStartAt: '2026-11-24T11:28:00.000Z',
      windowEndAt: '2026-11-24T11:58:00.000Z',
      coveragePercent: 100,
      memory: 'measured',
      demandMargin: 1,
      reproduce: 'trimtab backtest --group shop-web --set desiredCapacity=6',
      notes: [],
    },
    ...changes,
  }
}

/** Facts under which `scaleUpOf()` is applied. */
export function openFacts(changes: Partial<ApplyFacts> = {}): ApplyFacts {
  return {
    mode: known('apply'),
    deploymentEnabled: known(true),
    killSwitch: known(false),
    freeze: known(undefined),
    optInTag: known('true'),
    instances: known({ total: 4, healthyInService: 4 }),
    activityInProgress: known(undefined),
    refreshInProgress: known(undefined),
    stackUpdateInProgress: known(false),
    suspendedProcesses: known([]),
    lastActionAt: known(undefined),
    groupCooldownEndsAt: known(undefined),
    capacity: known({ desired: 4, inService: 4, max: 10 }),
    need: known(6),
    hourlyCost: known({ environmentUsd: 10, counted: 4, instanceUsd: 0.096 }),
    actionsToday: known(0),
    leaseHeld: known(true),
    ...changes,
  }
}

export function openProposeFacts(changes: Partial<ProposeFacts> = {}): ProposeFacts {
  return {
    mode: known('propose'),
    killSwitch: known(false),
    freeze: known(undefined),
    codeMissing: known(undefined),
    otherChangeInFlight: known(undefined),
    unprovedInStaging: known(undefined),
    replacementsUnderWay: known([]),
    openPullRequests: known(0),
    openedToday: known(0),
    ...changes,
  }
}

export function downOf(changes: Partial<Recommendation> = {}): Recommendation {
  return scaleUpOf({
    id: 'down-1f3c9a0b77aa',
    type: 'SCALE_DOWN',
    property: 'minSize',
    from: { minSize: 8 },
    to: { minSize: 5 },
    monthlyUsd: 210,
    implementation: { automated: false, steps: ['Merge'], estimatedDuration: '15 minutes' },
    ...changes,
  })
}
