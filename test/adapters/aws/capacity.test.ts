import { expect, test } from '@jest/globals'
import { createCapacityWriter } from '../../../src/adapters/aws/capacity.js'
import { AwsError } from '../../../src/sandbox/aws/aws-error.js'
import { groupNamed } from './metrics.js'
import { account, region, standIn } from './stand-in.js'

const key = `${account}/${region}/web`

test('the minimum is written alone, and desired capacity honours the cooldown', async () => {
  const written: unknown[] = []
  const { clients } = await standIn({
    'autoscaling:UpdateAutoScalingGroup': (input) => void written.push(input),
    'autoscaling:SetDesiredCapacity': (input) => void written.push(input),
  })
  const writer = createCapacityWriter(clients)
  await writer.setMinSize(key, 5)
  await writer.setDesiredCapacity(key, 4)
  expect(written).toEqual([
    { AutoScalingGroupName: 'web', MinSize: 5 },
    { AutoScalingGroupName: 'web', DesiredCapacity: 4, HonorCooldown: true },
  ])
})

test('a write that meets another change is a conflict to be tried again, not a crash', async () => {
  const { clients } = await standIn({
    'autoscaling:UpdateAutoScalingGroup': () => {
      throw new AwsError('ScalingActivityInProgress', 'a scaling activity is in progress', 400)
    },
  })
  await expect(createCapacityWriter(clients).setMinSize(key, 5)).rejects.toMatchObject({
    code: 'conflict',
    remedy: 'retry',
  })
})

test('a group without a stack has no stack update; one whose stack cannot be read is unknown', async () => {
  const { clients } = await standIn({})
  const writer = createCapacityWriter(clients)
  expect(await writer.stackUpdateInProgress(groupNamed('web', { tags: {} }))).toEqual({ kind: 'known', value: false })
  const owned = groupNamed('web', { tags: { 'aws:cloudformation:stack-name': 'shop' } })
  expect(await writer.stackUpdateInProgress(owned)).toMatchObject({
    kind: 'unknown',
    why: expect.stringContaining('cloudformation:DescribeStacks'),
  })
})
