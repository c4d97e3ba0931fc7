import * as cdk from 'aws-cdk-lib'
import type { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling'
import type { Topic } from 'aws-cdk-lib/aws-sns'
import type { Construct } from 'constructs'
import { PerformanceOptimizationConstruct } from '../../infra/constructs/performance-optimization-construct.js'

export interface ExampleProps {
  readonly existingAutoScalingGroup: AutoScalingGroup
  readonly optimizationRecommendation: Topic
  readonly performanceAlert: Topic
  readonly costAlert: Topic
}

/** The integration examples of the specification as they stand: they must compile and synthesise unchanged. */
export class IntegrationExample extends cdk.Stack {
  production(this: Construct, props: ExampleProps): void {
    const { existingAutoScalingGroup, optimizationRecommendation, performanceAlert, costAlert } = props
    new PerformanceOptimizationConstruct(this, 'PerformanceOptimization', {
      environmentName: 'production', applicationName: 'macro-ai', autoScalingGroup: existingAutoScalingGroup,
      optimizationConfig: {
        enableAutoScalingOptimization: true, enableCostOptimization: true, enablePerformanceMonitoring: true,
        analysisInterval: cdk.Duration.hours(1),
        performanceThresholds: { cpuUtilizationTarget: 70, memoryUtilizationTarget: 80, responseTimeTarget: 500, throughputTarget: 1000 },
        costThresholds: { maxHourlyCost: 50, utilizationThreshold: 60 },
      },
      optimizationNotificationTopics: { optimizationRecommendation, performanceAlert, costAlert },
    })
  }

  staging(this: Construct, props: ExampleProps): void {
    const { existingAutoScalingGroup, optimizationRecommendation, performanceAlert, costAlert } = props
    new PerformanceOptimizationConstruct(this, 'PerformanceOptimization', {
      environmentName: 'staging', applicationName: 'macro-ai', autoScalingGroup: existingAutoScalingGroup,
      optimizationConfig: {
        enableAutoScalingOptimization: true, enableCostOptimization: true, enablePerformanceMonitoring: true,
        analysisInterval: cdk.Duration.hours(2),
        performanceThresholds: { cpuUtilizationTarget: 75, memoryUtilizationTarget: 85, responseTimeTarget: 1000, throughputTarget: 500 },
        costThresholds: { maxHourlyCost: 20, utilizationThreshold: 50 },
      },
      optimizationNotificationTopics: { optimizationRecommendation, performanceAlert, costAlert },
    })
  }

  development(this: Construct, props: ExampleProps): void {
    const { existingAutoScalingGroup, optimizationRecommendation, performanceAlert, costAlert } = props
    new PerformanceOptimizationConstruct(this, 'PerformanceOptimization', {
      environmentName: 'development', applicationName: 'macro-ai', autoScalingGroup: existingAutoScalingGroup,
      optimizationConfig: {
        enableAutoScalingOptimization: false, enableCostOptimization: true, enablePerformanceMonitoring: true,
        analysisInterval: cdk.Duration.hours(4),
        performanceThresholds: { cpuUtilizationTarget: 80, memoryUtilizationTarget: 90, responseTimeTarget: 2000, throughputTarget: 100 },
        costThresholds: { maxHourlyCost: 10, utilizationThreshold: 40 },
      },
      optimizationNotificationTopics: { optimizationRecommendation, performanceAlert, costAlert },
    })
  }
}
