import { type Duration, RemovalPolicy } from 'aws-cdk-lib'
import { type IRole, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Architecture, type IDestination, Function as LambdaFunction, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda'
import { LogGroup } from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import { acknowledge } from './acknowledge.js'
import { type Deployment, type FunctionName, nameOf } from './deployment.js'
import { functionCode } from './function-assets.js'
import { checkedVariables, type FunctionVariables } from './function-variables.js'
import { everyResourceReason } from './permissions.js'

export interface WorkflowFunctionProps {
  readonly deployment: Deployment
  readonly name: FunctionName
  readonly description: string
  readonly variables: FunctionVariables
  /** Where outcome lines go beside the function's own log group, if they do. */
  readonly outcomes: LogGroup | undefined
  readonly memoryMb: number
  readonly timeout: Duration
  readonly onSuccess?: IDestination
  readonly onFailure?: IDestination
}

/** One function with a role and a log group of its own. The role's name is the function's: member accounts trust it by name. */
export class WorkflowFunction extends Construct {
  readonly lambda: LambdaFunction
  readonly role: IRole

  constructor(scope: Construct, id: string, props: WorkflowFunctionProps) {
    super(scope, id)
    const functionName = nameOf(props.deployment, props.name)
    const logGroup = new LogGroup(this, 'Logs', {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: props.deployment.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    })
    const role = new Role(this, 'Role', {
      roleName: functionName,
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: `Trimtab: ${props.description}`,
    })
    logGroup.grantWrite(role)
    props.outcomes?.grantWrite(role)
    this.role = role
    this.lambda = new LambdaFunction(this, 'Function', {
      functionName,
      description: props.description,
      runtime: Runtime.NODEJS_22_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: functionCode(this, props.name),
      role,
      logGroup,
      memorySize: props.memoryMb,
      timeout: props.timeout,
      tracing: Tracing.ACTIVE,
      environment: checkedVariables(props.variables),
      ...(props.onSuccess && { onSuccess: props.onSuccess }),
      ...(props.onFailure && { onFailure: props.onFailure }),
    })
    acknowledge(
      this.lambda,
      'AwsSolutions-L1',
      'Node 22 is the runtime that the bundles are built for and tested on; it is supported until April 2027.',
    )
    acknowledge(role, 'AwsSolutions-IAM5[Resource::*]', everyResourceReason)
  }
}
