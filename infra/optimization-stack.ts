import { Stack } from 'aws-cdk-lib'
import { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling'
import { Secret } from 'aws-cdk-lib/aws-secretsmanager'
import type { Construct } from 'constructs'
import type { AppSettings } from './app-settings.js'
import { type GroupChoice, PerformanceOptimizationConstruct } from './constructs/performance-optimization-construct.js'

/** One environment of Trimtab, for accounts that have no CDK app of their own to put the construct into. */
export class OptimizationStack extends Stack {
  constructor(scope: Construct, settings: AppSettings) {
    const { application, environment } = settings
    super(scope, `${application}-${environment}-optimization`, {
      description: `Trimtab for ${application}, ${environment}: tunes EC2 Auto Scaling groups by pull requests`,
    })
    const { githubAppSecret, githubAppId, mode, homeRepository, regions, memberAccounts } = settings
    new PerformanceOptimizationConstruct(this, 'PerformanceOptimization', {
      applicationName: application,
      environmentName: environment,
      autoScalingGroup: this.groups(settings.groups),
      optimizationConfig: settings.config,
      memberAccounts,
      ...(githubAppSecret !== undefined && {
        githubAppSecret: Secret.fromSecretNameV2(this, 'GitHubAppSecret', githubAppSecret),
      }),
      ...(githubAppId !== undefined && { githubAppId }),
      ...(mode !== undefined && { mode }),
      ...(homeRepository !== undefined && { homeRepository }),
      ...(regions !== undefined && { regions }),
    })
  }

  private groups(groups: AppSettings['groups']): GroupChoice {
    if (groups.kind === 'tagged') return { tags: groups.tags }
    return groups.names.map((name) => AutoScalingGroup.fromAutoScalingGroupName(this, name, name))
  }
}
