import { describe, expect, it } from '@jest/globals'
import { decideCall, type Statement } from '../support/iam-policy.js'

const group = 'arn:aws:autoscaling:us-east-1:123456789012:autoScalingGroup:1f3c:autoScalingGroupName/web'
const allow = (more: Partial<Statement> = {}): Statement => ({
  Effect: 'Allow',
  Action: 'autoscaling:UpdateAutoScalingGroup',
  Resource: 'arn:aws:autoscaling:us-east-1:123456789012:autoScalingGroup:*:autoScalingGroupName/web',
  ...more,
})
const update = { action: 'autoscaling:UpdateAutoScalingGroup', resource: group }

describe('decideCall', () => {
  it.each<[string, readonly Statement[], Parameters<typeof decideCall>[1], string]>([
    ['nothing allows', [], update, 'denied'],
    ['an allow meets', [allow()], update, 'allowed'],
    [
      'the case of an action does not matter',
      [allow({ Action: 'AutoScaling:updateautoscalinggroup' })],
      update,
      'allowed',
    ],
    ['another action', [allow()], { ...update, action: 'autoscaling:DeleteAutoScalingGroup' }, 'denied'],
    ['an action by wildcard', [allow({ Action: ['ec2:*', 'autoscaling:Update*'] })], update, 'allowed'],
    ['another group', [allow()], { ...update, resource: `${group}-2` }, 'denied'],
    [
      'a group whose name is longer in front',
      [allow()],
      { ...update, resource: group.replace('/web', '/a-web') },
      'denied',
    ],
    ['one character by ?', [allow({ Resource: '*/we?' })], update, 'allowed'],
    ['a dot is a dot', [allow({ Resource: '*/w.b' })], update, 'denied'],
    ['a deny wins', [allow(), { Effect: 'Deny', Action: '*', Resource: '*' }], update, 'explicitly denied'],
    ['a deny elsewhere', [allow(), { Effect: 'Deny', Action: 's3:*', Resource: '*' }], update, 'allowed'],
  ])('%s', (_what, statements, call, verdict) => {
    expect(decideCall(statements, call)).toBe(verdict)
  })

  it.each([
    ['StringEquals', 'true', { 'aws:ResourceTag/a': 'true' }, 'allowed'],
    ['StringEquals', 'true', { 'AWS:resourcetag/A': 'true' }, 'allowed'],
    ['StringEquals', 'true', { 'aws:ResourceTag/a': 'True' }, 'denied'],
    ['StringEquals', 'true', {}, 'denied'],
    ['StringLike', 'tr*', { 'aws:ResourceTag/a': 'true' }, 'allowed'],
    ['StringLike', '*', {}, 'denied'],
    ['ArnEquals', 'arn:aws:iam::1:role/*', { 'aws:ResourceTag/a': 'arn:aws:iam::1:role/x' }, 'allowed'],
    ['Bool', 'false', { 'aws:ResourceTag/a': 'true' }, 'denied'],
    ['Bool', 'true', { 'aws:ResourceTag/a': 'true' }, 'allowed'],
    ['Null', 'true', {}, 'allowed'],
    ['Null', 'false', {}, 'denied'],
  ])('%s %s', (operator, wanted, context, verdict) => {
    const Condition = { [operator]: { 'aws:ResourceTag/a': wanted } }
    expect(decideCall([allow({ Condition })], { ...update, context: context as Record<string, string> })).toBe(verdict)
  })

  it('asks for every key, and for one of the values of each', () => {
    const Condition = { StringEquals: { 'x:a': ['1', '2'], 'x:b': '3' } }
    const verdict = (context: Record<string, string>) => decideCall([allow({ Condition })], { ...update, context })
    expect(verdict({ 'x:a': '2', 'x:b': '3' })).toBe('allowed')
    expect(verdict({ 'x:a': '2' })).toBe('denied')
  })

  it('refuses to judge what it does not understand', () => {
    expect(() => decideCall([allow({ Condition: { NumericEquals: { a: '1' } } })], update)).toThrow('NumericEquals')
    expect(() => decideCall([{ ...allow(), NotAction: 's3:*' } as Statement], update)).toThrow('NotAction')
  })
})
