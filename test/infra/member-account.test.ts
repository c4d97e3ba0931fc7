import { afterAll, describe, expect, it } from '@jest/globals'
import { Template } from 'aws-cdk-lib/assertions'
import { MemberAccountStack } from '../../infra/member-account-stack.js'
import { type AskedCall, decideCall, type Statement } from '../support/iam-policy.js'
import { createBench } from '../support/synthesize.js'
import { account, resolved, type SynthesizedTemplate } from '../support/template.js'

const bench = createBench()
afterAll(bench.close)

interface MemberRole {
  readonly RoleName: string
  readonly AssumeRolePolicyDocument: { readonly Statement: readonly [{ readonly Condition: unknown }] }
  readonly Policies: readonly [{ readonly PolicyDocument: { readonly Statement: readonly Statement[] } }]
}

const parameters = {
  DeploymentAccount: account,
  Application: 'macro-ai',
  Environment: 'production',
  ExternalId: 'kestrel-4711',
}

/** The template with its parameters filled in. */
function memberTemplate(): SynthesizedTemplate {
  const text = JSON.stringify(Template.fromStack(new MemberAccountStack(bench.app(), 'Member')).toJSON())
  return JSON.parse(
    Object.entries(parameters).reduce((all, [name, value]) => all.replaceAll(`{"Ref":"${name}"}`, `"${value}"`), text),
  )
}

const template = memberTemplate()
const roles = Object.values(template.Resources).map(({ Properties, Condition }) => ({
  ...resolved<MemberRole>(template, Properties),
  Condition,
}))

function roleOf(name: string) {
  const found = roles.find(({ RoleName }) => RoleName === `macro-ai-production-${name}`)
  if (!found) throw new Error(`no role ${name}`)
  return found
}

const may = (role: string, call: AskedCall) => decideCall(roleOf(role).Policies[0].PolicyDocument.Statement, call)
const group = `arn:aws:autoscaling:eu-west-1:${account}:autoScalingGroup:5d7f:autoScalingGroupName/anything`
const optedIn = { 'aws:ResourceTag/trimtab:apply': 'true' }

describe('what the roles of a member account may do', () => {
  it('the read role reads, and writes nothing', () => {
    expect(may('trimtab-read', { action: 'autoscaling:DescribePolicies', resource: '*' })).toBe('allowed')
    expect(may('trimtab-read', { action: 'ce:GetCostAndUsage', resource: '*' })).toBe('allowed')
    expect(
      may('trimtab-read', { action: 'autoscaling:UpdateAutoScalingGroup', resource: group, context: optedIn }),
    ).toBe('denied')
  })

  it('the apply role exists only where it is asked for, and writes only to groups that opted in', () => {
    expect(roleOf('trimtab-apply').Condition).toBe('Applies')
    const update = { action: 'autoscaling:UpdateAutoScalingGroup', resource: group }
    expect(may('trimtab-apply', { ...update, context: optedIn })).toBe('allowed')
    expect(may('trimtab-apply', update)).toBe('denied')
    expect(may('trimtab-apply', { action: 'autoscaling:DescribePolicies', resource: '*' })).toBe('denied')
  })

  it('each trusts the functions of the one deployment that know its external id', () => {
    const trusted = (role: string) => roleOf(role).AssumeRolePolicyDocument.Statement[0].Condition
    const functions = (names: readonly string[]) =>
      names.map((name) => `arn:aws:iam::${account}:role/macro-ai-production-${name}`)
    expect(trusted('trimtab-apply')).toEqual({
      StringEquals: { 'sts:ExternalId': parameters.ExternalId },
      ArnEquals: { 'aws:PrincipalArn': functions(['optimization-engine']) },
    })
    expect(trusted('trimtab-read')).toEqual({
      StringEquals: { 'sts:ExternalId': parameters.ExternalId },
      ArnEquals: {
        'aws:PrincipalArn': functions(['performance-analyzer', 'optimization-engine', 'cost-optimizer', 'worker']),
      },
    })
  })
})
