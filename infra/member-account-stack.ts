import { CfnCondition, CfnParameter, DefaultStackSynthesizer, Fn, type IStackSynthesizer, Stack } from 'aws-cdk-lib'
import {
  AccountPrincipal,
  type CfnRole,
  PolicyDocument,
  PolicyStatement,
  PrincipalWithConditions,
  Role,
} from 'aws-cdk-lib/aws-iam'
import type { Construct } from 'constructs'
import { acknowledge, acknowledgeResources } from './constructs/acknowledge.js'
import type { FunctionName } from './constructs/deployment.js'
import { groupArns } from './constructs/managed-groups.js'
import { memberRoles } from './constructs/member-accounts.js'
import { capacityStatement, costStatement, everyResourceReason, lookStatement } from './constructs/permissions.js'

const readers: readonly FunctionName[] = ['performance-analyzer', 'optimization-engine', 'cost-optimizer', 'worker']

/**
 * What an account needs so that a deployment in another one can look after its groups: a role that reads and, only
 * where AllowApply says so, one that adds capacity. Roles alone, no assets: fit for a StackSet, once an account.
 */
export class MemberAccountStack extends Stack {
  private readonly deploymentAccount: string
  private readonly names: string
  private readonly externalId: string

  constructor(scope: Construct, id: string) {
    super(scope, id, {
      description: 'Trimtab, member account: roles for the deployment in another account. Deploy in one region.',
      // The library's own class differs from its interface under exactOptionalPropertyTypes.
      synthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }) as IStackSynthesizer,
    })
    this.deploymentAccount = this.parameter('DeploymentAccount', '\\d{12}', 'Account in which Trimtab runs.')
    const application = this.parameter('Application', '[a-z0-9][a-z0-9-]*', 'applicationName of the deployment.')
    const environment = this.parameter('Environment', '[A-Za-z0-9-]+', 'environmentName of the deployment.')
    this.externalId = this.parameter(
      'ExternalId',
      '[\\w+=,.@:/-]{8,}',
      'A text of your choice that the deployment is given too: nobody else can use the roles.',
    )
    this.names = `${application}-${environment}`
    this.createReadRole()
    this.createApplyRole()
  }

  private createReadRole(): void {
    const role = this.role('ReadRole', memberRoles.read, readers, [lookStatement(), costStatement()])
    acknowledge(role, 'AwsSolutions-IAM5[Resource::*]', everyResourceReason)
  }

  private createApplyRole(): void {
    const allowApply = new CfnParameter(this, 'AllowApply', {
      default: 'false',
      allowedValues: ['true', 'false'],
      description: 'true: the engine may add capacity to groups with the tag trimtab:apply=true.',
    })
    const groups = groupArns(this, { kind: 'tagged', tags: {} })
    const stacks = new PolicyStatement({ actions: ['cloudformation:DescribeStacks'], resources: ['*'] })
    const role = this.role('ApplyRole', memberRoles.apply, ['optimization-engine'], [capacityStatement(groups), stacks])
    const applies = new CfnCondition(this, 'Applies', {
      expression: Fn.conditionEquals(allowApply.valueAsString, 'true'),
    })
    const resource = role.node.defaultChild as CfnRole
    resource.cfnOptions.condition = applies
    acknowledgeResources(role, groups, 'Every group whose owner has put the opt-in tag on it, and no other.')
    acknowledge(role, 'AwsSolutions-IAM5[Resource::*]', 'Stacks are read by the name that a group carries.')
  }

  private role(id: string, name: string, functions: readonly FunctionName[], statements: PolicyStatement[]): Role {
    const trusted = functions.map(
      (of) => `arn:${this.partition}:iam::${this.deploymentAccount}:role/${this.names}-${of}`,
    )
    return new Role(this, id, {
      roleName: `${this.names}-${name}`,
      description: 'Trimtab: used by the functions of the deployment',
      assumedBy: new PrincipalWithConditions(new AccountPrincipal(this.deploymentAccount), {
        StringEquals: { 'sts:ExternalId': this.externalId },
        ArnEquals: { 'aws:PrincipalArn': trusted },
      }),
      inlinePolicies: { Trimtab: new PolicyDocument({ statements }) },
    })
  }

  private parameter(id: string, allowedPattern: string, description: string): string {
    return new CfnParameter(this, id, { allowedPattern, description }).valueAsString
  }
}
