import { ArnFormat, Stack } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import { type Deployment, nameOf } from './deployment.js'

/** An account beside the deployment's own, whose roles come from the member account template. */
export interface MemberAccount {
  /** Twelve digits. */
  readonly account: string
  readonly regions: readonly string[]
  /** The value that the template of the account was given: nobody else's deployment can use its roles. */
  readonly externalId: string
  /** Whether the account's template was deployed with the apply role. Default false: nothing is applied there. */
  readonly apply?: boolean
}

/** The two roles of a member account, by which the deployment reaches it. */
export const memberRoles = { read: 'trimtab-read', apply: 'trimtab-apply' } as const

/** ARNs of the members' roles; `apply` only of those that allow it. */
export interface MemberRoleArns {
  readonly read: readonly string[]
  readonly apply: readonly string[]
}

/** Throws where an account is not one, or has no region. */
export function memberRoleArns(
  scope: Construct,
  deployment: Deployment,
  members: readonly MemberAccount[],
): MemberRoleArns {
  for (const { account, regions } of members) {
    if (!/^\d{12}$/.test(account))
      throw new Error(`memberAccounts: expected an account of twelve digits, got "${account}"`)
    if (regions.length === 0) throw new Error(`memberAccounts: expected a region of ${account}, got none`)
  }
  return {
    read: members.map((member) => roleArn(scope, deployment, member, memberRoles.read)),
    apply: members
      .filter(({ apply }) => apply === true)
      .map((member) => roleArn(scope, deployment, member, memberRoles.apply)),
  }
}

/** The members as the functions read them from TRIMTAB_ACCOUNTS; undefined where there are none. */
export function accountsVariable(
  scope: Construct,
  deployment: Deployment,
  members: readonly MemberAccount[],
): string | undefined {
  if (members.length === 0) return undefined
  const accounts = members.map((member) => ({
    account: member.account,
    regions: member.regions,
    roleArn: roleArn(scope, deployment, member, memberRoles.read),
    ...(member.apply === true && { applyRoleArn: roleArn(scope, deployment, member, memberRoles.apply) }),
    externalId: member.externalId,
  }))
  return JSON.stringify(accounts)
}

function roleArn(scope: Construct, deployment: Deployment, { account }: MemberAccount, role: string): string {
  return Stack.of(scope).formatArn({
    service: 'iam',
    region: '',
    account,
    resource: 'role',
    arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    resourceName: nameOf(deployment, role),
  })
}
