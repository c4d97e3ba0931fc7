import { describe, expect, it } from '@jest/globals'
import { groupsInCode } from '../../../src/sandbox/deployer/groups-in-code.js'

const module = `
variable "name" {}
variable "min" { type = number }
resource "aws_launch_template" "this" {
  instance_type = "m6i.large"
}
resource "aws_autoscaling_group" "this" {
  name     = "\${var.name}-asg"
  min_size = var.min
  max_size = var.min * 3 + 2
  launch_template {
    id      = aws_launch_template.this.id
    version = "$Latest"
  }
}
`
const root = `
variable "env" { default = "dev" }
locals {
  sizes = { prod = 4, dev = 1 }
}
module "web" {
  source = "../modules/group"
  name   = "web-\${var.env}"
  min    = local.sizes[var.env]
}
`
const template = `
Parameters:
  Workers: { Type: Number, Default: 6 }
Resources:
  Template:
    Type: AWS::EC2::LaunchTemplate
    Properties: { LaunchTemplateData: { InstanceType: c6i.large } }
  Group:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      AutoScalingGroupName: batch
      MinSize: '2'
      MaxSize: 10
      DesiredCapacity: !Ref Workers
      LaunchTemplate: { LaunchTemplateId: !Ref Template, Version: !GetAtt Template.LatestVersionNumber }
`

describe('the pipeline of the sandbox', () => {
  it('applies a root once for each of its environments, through modules, locals and arithmetic', async () => {
    const files = new Map([
      ['modules/group/main.tf', module],
      ['live/main.tf', root],
      ['live/env/prod.tfvars', 'env = "prod"\n'],
      ['live/env/dev.tfvars', ''],
    ])
    expect(await groupsInCode(files)).toEqual([
      { name: 'web-prod-asg', file: 'modules/group/main.tf', minSize: 4, maxSize: 14, instanceType: 'm6i.large' },
      { name: 'web-dev-asg', file: 'modules/group/main.tf', minSize: 1, maxSize: 5, instanceType: 'm6i.large' },
    ])
  })

  it('applies a template with the defaults of its parameters', async () => {
    expect(await groupsInCode(new Map([['batch.yaml', template]]))).toEqual([
      { name: 'batch', file: 'batch.yaml', minSize: 2, maxSize: 10, desiredCapacity: 6, instanceType: 'c6i.large' },
    ])
  })

  it('leaves desired capacity alone where the code ignores its changes', async () => {
    const text = `resource "aws_autoscaling_group" "a" {
  name = "a"
  min_size = 1
  max_size = 2
  desired_capacity = 2
  lifecycle { ignore_changes = [desired_capacity] }
}`
    expect(await groupsInCode(new Map([['a.tf', text]]))).toEqual([{ name: 'a', file: 'a.tf', minSize: 1, maxSize: 2 }])
  })

  it('fails on an expression it cannot read, and says which', async () => {
    const text = 'resource "aws_autoscaling_group" "a" {\n  name = "a"\n  min_size = max(1, 2)\n}'
    await expect(groupsInCode(new Map([['a.tf', text]]))).rejects.toThrow('cannot read the expression "max(1, 2)"')
  })
})
