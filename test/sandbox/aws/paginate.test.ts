import {
  AutoScalingClient,
  DescribeAutoScalingGroupsCommand,
  paginateDescribeAutoScalingGroups,
} from '@aws-sdk/client-auto-scaling'
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { paginate } from '../../../src/sandbox/aws/paginate.js'
import { clientFor, failure, started } from './started.js'

test('all pages together are the list, in order, each within the limit', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: 12 }), (items, limit) => {
      const seen: number[] = []
      let token: string | undefined
      do {
        const page = paginate(items, { token, limit })
        expect(page.items.length).toBeLessThanOrEqual(limit)
        seen.push(...page.items)
        token = page.nextToken
      } while (token !== undefined)
      expect(seen).toEqual(items)
    }),
  )
})

test('a token that was never given is refused with the operation’s code', () => {
  expect(() => paginate([1, 2], { token: 'mine', limit: 1 })).toThrow('The token is not valid.')
  const refused = () => paginate([1], { token: 'x', limit: 1, badTokenCode: 'InvalidNextTokenException' })
  expect(refused).toThrow(expect.objectContaining({ code: 'InvalidNextTokenException' }))
})

test('the SDK’s paginator walks the pages', async () => {
  const names = ['a', 'b', 'c', 'd', 'e']
  const server = await started({
    operations: {
      'autoscaling:DescribeAutoScalingGroups': (input) => {
        const token = input.NextToken as string | undefined
        const page = paginate(names, { token, limit: Number(input.MaxRecords ?? 50) })
        return {
          AutoScalingGroups: page.items.map((AutoScalingGroupName) => ({ AutoScalingGroupName })),
          NextToken: page.nextToken,
        }
      },
    },
  })
  const client = new AutoScalingClient(clientFor(server))
  const found: (string | undefined)[] = []
  for await (const page of paginateDescribeAutoScalingGroups({ client, pageSize: 2 }, {})) {
    found.push(...(page.AutoScalingGroups ?? []).map((group) => group.AutoScalingGroupName))
  }
  expect(found).toEqual(names)
  expect(server.calls.get('autoscaling:DescribeAutoScalingGroups')).toBe(3)
  const error = await failure(client.send(new DescribeAutoScalingGroupsCommand({ NextToken: 'mine' })))
  expect(error.name).toBe('InvalidNextToken')
})
