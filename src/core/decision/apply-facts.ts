import type { Fact } from '../model/fact.js'
import type { FreezeWindow, Mode } from '../model/policy.js'
import type { IsoTime, UsdPerHour } from '../model/units.js'

/**
 * Everything that decides whether capacity may be added without review, freshly read. Each is a `Fact`: what could not
 * be read holds. `undefined` inside a known fact means "asked, and there is none".
 */
export interface ApplyFacts {
  readonly mode: Fact<Mode>
  /** `enableAutoScalingOptimization` of the deployment and the environment, both. */
  readonly deploymentEnabled: Fact<boolean>
  readonly killSwitch: Fact<boolean>
  /** The freeze window that is open now. */
  readonly freeze: Fact<FreezeWindow | undefined>
  /** The live value of the tag `trimtab:apply`. */
  readonly optInTag: Fact<string | undefined>
  readonly instances: Fact<{ readonly total: number; readonly healthyInService: number }>
  /** What the group is doing, in AWS's words; a group that AWS deletes counts. */
  readonly activityInProgress: Fact<string | undefined>
  readonly refreshInProgress: Fact<string | undefined>
  readonly stackUpdateInProgress: Fact<boolean>
  readonly suspendedProcesses: Fact<readonly string[]>
  /** When Trimtab last changed this group's capacity. */
  readonly lastActionAt: Fact<IsoTime | undefined>
  /** When the group's own cooldown after its last activity ends. */
  readonly groupCooldownEndsAt: Fact<IsoTime | undefined>
  readonly capacity: Fact<{ readonly desired: number; readonly inService: number; readonly max: number }>
  /** The desired capacity that the newest look asks for; undefined when the group is no longer degraded. */
  readonly need: Fact<number | undefined>
  /** The environment's managed groups now, this group's counted instances among them, each at `instanceUsd`. */
  readonly hourlyCost: Fact<{
    readonly environmentUsd: UsdPerHour
    readonly counted: number
    readonly instanceUsd: UsdPerHour
  }>
  /** Live actions on this group since midnight UTC. */
  readonly actionsToday: Fact<number>
  /** Whether this run holds the group's lease. */
  readonly leaseHeld: Fact<boolean>
}

/** The value of a fact once it is known. */
export type ValueOf<F extends Fact<unknown>> = Extract<F, { readonly kind: 'known' }>['value']
