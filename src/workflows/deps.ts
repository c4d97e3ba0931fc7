import type { DeploymentDefaults } from '../config/policy-for.js'
import type { Syntax } from '../core/iac/syntax.js'
import type { RenderPage } from '../core/proposal/pages.js'
import type { Stacks } from '../ports/stacks.js'
import type { Meter, UsageRecord } from '../ports/usage.js'
import type {
  Alarms,
  CapacityWriter,
  Checks,
  Clock,
  CodeReader,
  Conversation,
  CostSource,
  Deadline,
  Fleet,
  GroupSelection,
  Issues,
  Journal,
  Leases,
  Market,
  Notebook,
  PullRequests,
  Recommendations,
  Reports,
  RepositoryName,
  Roster,
  SignalReader,
  Telemetry,
} from '../ports.js'

/** What gathering, scoring and planning need from outside. Nothing in it can write to AWS. */
export interface AnalysisDeps {
  readonly clock: Clock
  readonly fleet: Fleet
  readonly signals: SignalReader
  readonly market: Market
  readonly journal: Journal
  readonly selection: GroupSelection
  /** Absent where a run may take as long as it needs. */
  readonly deadline?: Deadline
}

/** GitHub, or nothing where no repository is connected: then advice is recorded and reported only. */
export interface CodeHost {
  readonly code: CodeReader
  readonly pullRequests: PullRequests
  readonly issues: Issues
  readonly conversation: Conversation
  readonly checks: Checks
}

/** The parsers that read and prove code; loaded when first used. */
export interface CodeParsers {
  readonly syntax: () => Promise<Syntax>
  /** All values of a file as a second, independent parser reads them. */
  readonly valuesOf: (file: string, text: string) => Promise<unknown>
}

export interface TableDeps {
  readonly recommendations: Recommendations
  readonly leases: Leases
  readonly notebook: Notebook
  readonly reports: Reports
  readonly usage: UsageRecord
}

/** Everything a whole pass needs. The composition root builds it once. */
export interface Deps extends AnalysisDeps, TableDeps, CodeParsers {
  readonly roster: Roster
  readonly host: CodeHost | undefined
  readonly costs: CostSource
  readonly stacks: Stacks
  readonly capacity: CapacityWriter
  readonly telemetry: Telemetry
  readonly alarms: Alarms
  readonly meter: Meter
  readonly render: RenderPage
  readonly deployment: DeploymentDefaults
  /** Where the weekly issue is kept, when the deployment says so. */
  readonly homeRepository: RepositoryName | undefined
  /** The application's name in metrics and default names. */
  readonly application: string
  /** Names this process in leases: unique for each run. */
  readonly owner: string
}
