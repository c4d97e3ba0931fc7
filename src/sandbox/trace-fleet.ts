import { readTraces } from './demand/read-traces.js'
import type { Trace } from './demand/trace.js'
import type { GroupScenario } from './world/group-scenario.js'

const startingInstances = 8
const vcpusPerInstance = 2
/** The recording's level: P99 is this share of the starting capacity. */
const p99Share = 0.7

/**
 * A fleet driven by recordings: a production group for each file of a folder, with target tracking and a floor at its
 * starting capacity. Throws a clear error for a folder or file that cannot be read.
 */
export function traceFleet(folder: string): readonly GroupScenario[] {
  const traces = readTraces(folder)
  const names = groupNames(traces)
  return traces.map((trace, index) => groupOfTrace(trace, names[index] as string))
}

/** One name a file: two files whose names differ only in what a group's name cannot hold are numbered. */
function groupNames(traces: readonly Trace[]): readonly string[] {
  const taken = new Map<string, number>()
  return traces.map(({ id }) => {
    const name = `trace-${id}`.replace(/[^A-Za-z0-9-]/g, '-')
    const before = taken.get(name) ?? 0
    taken.set(name, before + 1)
    return before === 0 ? name : `${name}--${before + 1}`
  })
}

function groupOfTrace(trace: Trace, name: string): GroupScenario {
  return {
    account: '123456789012',
    region: 'us-east-1',
    name,
    tags: { Name: name, Environment: 'production' },
    launch: {
      kind: 'launch-template',
      name,
      version: '$Latest',
      instanceType: 'm6i.large',
      imageId: 'ami-0f3c9b8d7e6a51420',
    },
    minSize: startingInstances,
    desiredCapacity: startingInstances,
    maxSize: startingInstances * 3,
    availabilityZones: ['us-east-1a', 'us-east-1b', 'us-east-1c'],
    policies: [
      {
        kind: 'target-tracking',
        name: 'cpu-target',
        metric: 'ASGAverageCPUUtilization',
        targetValue: 60,
        warmupSeconds: 150,
      },
    ],
    load: {
      cpu: { kind: 'trace', trace, p99: startingInstances * vcpusPerInstance * p99Share },
      memory: { fixedGiBPerInstance: 2, gibPerBusyVcpu: 1 },
      networkInBytesPerVcpuSecond: 180_000,
      networkOutBytesPerVcpuSecond: 650_000,
      requestsPerVcpuSecond: 40,
    },
    bootSeconds: 90,
    warmupSeconds: 60,
    defaultCooldownSeconds: 300,
    healthCheckType: 'EC2',
    healthCheckGraceSeconds: 120,
    latency: { baseMs: 45, maxMs: 5000 },
    memoryAgent: true,
    groupMetrics: true,
  }
}

/** Terraform for a fleet of traces: one literal group a file, so that advice on it can become pull requests. */
export function traceFleetFiles(groups: readonly GroupScenario[]): ReadonlyMap<string, string> {
  return new Map([
    ['.github/trimtab.yml', 'mode: propose\n'],
    ...groups.map((group) => [`groups/${group.name}/main.tf`, terraformOf(group)] as const),
  ])
}

function terraformOf({ name, minSize, maxSize, launch }: GroupScenario): string {
  return `resource "aws_launch_template" "this" {
  name          = "${name}"
  image_id      = "${launch.imageId}"
  instance_type = "${launch.instanceType}"
}

resource "aws_autoscaling_group" "this" {
  name     = "${name}"
  min_size = ${minSize}
  max_size = ${maxSize}

  launch_template {
    id      = aws_launch_template.this.id
    version = "$Latest"
  }
}

resource "aws_autoscaling_policy" "cpu" {
  name                   = "cpu-target"
  autoscaling_group_name = aws_autoscaling_group.this.name
  policy_type            = "TargetTrackingScaling"

  target_tracking_configuration {
    target_value = 60

    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
}
`
}
