import { Duration, Stack } from 'aws-cdk-lib'
import { type Alarm, Dashboard } from 'aws-cdk-lib/aws-cloudwatch'
import { Construct } from 'constructs'
import {
  alarmsWidget,
  costWidgets,
  type DashboardLinks,
  groupWidgets,
  linksWidget,
  scoreWidgets,
  workWidgets,
} from './dashboard-widgets.js'
import { type Deployment, nameOf } from './deployment.js'
import type { ManagedGroups } from './managed-groups.js'
import type { OptimizationConfig } from './optimization-config.js'

export interface PerformanceDashboardProps {
  readonly deployment: Deployment
  readonly groups: ManagedGroups
  readonly config: OptimizationConfig
  readonly alarms: readonly Alarm[]
  readonly links: DashboardLinks
}

/** The dashboard of one environment (S43): 24 hours at first sight. What is switched off has no widget. */
export class PerformanceDashboard extends Construct {
  readonly dashboard: Dashboard

  constructor(scope: Construct, id: string, { deployment, groups, config, alarms, links }: PerformanceDashboardProps) {
    super(scope, id)
    this.dashboard = new Dashboard(this, 'Dashboard', {
      dashboardName: nameOf(deployment, 'performance-optimization'),
      defaultInterval: Duration.hours(24),
    })
    this.dashboard.addWidgets(linksWidget(deployment, Stack.of(this), links))
    this.dashboard.addWidgets(alarmsWidget(alarms))
    this.dashboard.addWidgets(...groupWidgets(groups, config))
    if (config.enablePerformanceMonitoring) this.dashboard.addWidgets(...scoreWidgets(deployment))
    if (config.enableCostOptimization) this.dashboard.addWidgets(...costWidgets(deployment))
    this.dashboard.addWidgets(...workWidgets(deployment, config, links.logGroupName))
  }
}
