import { expect, test } from '@jest/globals'
import { createStacks } from '../../../src/adapters/aws/stacks.js'
import { groupNamed } from './metrics.js'
import { standIn } from './stand-in.js'

const inStack = (name: string) => groupNamed('web', { tags: { 'aws:cloudformation:stack-name': name } })
const stack = (StackName: string, more: object) => ({
  StackName,
  StackStatus: 'UPDATE_COMPLETE',
  CreationTime: new Date(0),
  ...more,
})
const parameters = (given: Readonly<Record<string, string>>) => ({
  Parameters: Object.entries(given).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue })),
})

test('a stack gives the parameters it is deployed with, a nested one those of the outermost stack', async () => {
  const root = 'arn:aws:cloudformation:us-east-1:123456789012:stack/shop/1'
  const stacks = new Map([
    ['shop', stack('shop', parameters({ Fewest: '2', Machine: 'm6i.large' }))],
    [root, stack('shop', parameters({ Fewest: '3' }))],
    ['shop-Web-1A2B3C4D5E6F', stack('shop-Web-1A2B3C4D5E6F', { ...parameters({ Min: '3' }), RootId: root })],
  ])
  const { clients } = await standIn({
    'cloudformation:DescribeStacks': (input) => ({ Stacks: [stacks.get(String(input.StackName))] }),
  })
  const read = createStacks(clients)
  expect(await read.parameters(inStack('shop'))).toEqual({
    kind: 'known',
    value: { Fewest: '2', Machine: 'm6i.large' },
  })
  expect(await read.parameters(inStack('shop-Web-1A2B3C4D5E6F'))).toEqual({ kind: 'known', value: { Fewest: '3' } })
})

test('a group without a stack has no parameters; a stack that cannot be read leaves them unknown', async () => {
  const { clients } = await standIn({})
  const read = createStacks(clients)
  expect(await read.parameters(groupNamed('web', { tags: {} }))).toEqual({ kind: 'known', value: undefined })
  expect(await read.parameters(inStack('shop'))).toMatchObject({
    kind: 'unknown',
    why: expect.stringContaining('cloudformation:DescribeStacks'),
  })
})
