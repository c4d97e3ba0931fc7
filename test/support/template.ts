/** A synthesised template, as far as tests read it. */
export interface SynthesizedTemplate {
  readonly Resources: Readonly<Record<string, Resource>>
}

export interface Resource {
  readonly Type: string
  // biome-ignore lint/suspicious/noExplicitAny: properties of any CloudFormation type
  readonly Properties: any
  readonly DeletionPolicy?: string
  readonly Condition?: string
}

export const account = '123456789012'
export const region = 'us-east-1'

const pseudo: Readonly<Record<string, string>> = {
  'AWS::Partition': 'aws',
  'AWS::Region': region,
  'AWS::AccountId': account,
  'AWS::URLSuffix': 'amazonaws.com',
}

/** Where a resource's ARN comes from, by type; the name is the one the stack gives it. */
const arns: Readonly<Record<string, (properties: Resource['Properties']) => string>> = {
  'AWS::DynamoDB::Table': ({ TableName }) => `arn:aws:dynamodb:${region}:${account}:table/${TableName}`,
  'AWS::Lambda::Function': ({ FunctionName }) => `arn:aws:lambda:${region}:${account}:function:${FunctionName}`,
  'AWS::Logs::LogGroup': ({ LogGroupName }) => `arn:aws:logs:${region}:${account}:log-group:${LogGroupName}:*`,
  'AWS::SQS::Queue': ({ QueueName }) => `arn:aws:sqs:${region}:${account}:${QueueName}`,
  'AWS::SNS::Topic': ({ TopicName }) => `arn:aws:sns:${region}:${account}:${TopicName}`,
  'AWS::IAM::Role': ({ RoleName }) => `arn:aws:iam::${account}:role/${RoleName}`,
  'AWS::SecretsManager::Secret': ({ Name }) => `arn:aws:secretsmanager:${region}:${account}:secret:${Name}-a1B2c3`,
  'AWS::CloudWatch::Alarm': ({ AlarmName }) => `arn:aws:cloudwatch:${region}:${account}:alarm:${AlarmName}`,
  'AWS::Events::Rule': ({ Name }) => `arn:aws:events:${region}:${account}:rule/${Name}`,
  'AWS::StepFunctions::StateMachine': ({ StateMachineName }) =>
    `arn:aws:states:${region}:${account}:stateMachine:${StateMachineName}`,
}

/** What `Ref` gives where it is a name rather than the ARN. */
const names: Readonly<Record<string, string>> = {
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::IAM::Role': 'RoleName',
}

/** A value with Ref, Fn::GetAtt and Fn::Join replaced by what they would be in account 123456789012. */
export function resolved<T>(template: SynthesizedTemplate, value: unknown): T {
  return resolve(template, value) as T
}

function resolve(template: SynthesizedTemplate, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => resolve(template, item))
  if (typeof value !== 'object' || value === null) return value
  const { Ref, 'Fn::GetAtt': attribute, 'Fn::Join': join } = value as Record<string, unknown>
  if (typeof Ref === 'string') return pseudo[Ref] ?? referenceTo(template, Ref)
  if (Array.isArray(attribute)) return attributeOf(template, attribute as [string, string])
  if (Array.isArray(join)) return (resolve(template, join[1]) as string[]).join(join[0] as string)
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(template, item)]))
}

function referenceTo(template: SynthesizedTemplate, id: string): string {
  const { Type, Properties } = resourceOf(template, id)
  if (Type === 'AWS::SQS::Queue') return `https://sqs.${region}.amazonaws.com/${account}/${Properties.QueueName}`
  const name = names[Type]
  return name === undefined ? arnOf(template, id) : (resolve(template, Properties[name]) as string)
}

function attributeOf(template: SynthesizedTemplate, [id, attribute]: readonly [string, string]): string {
  return attribute === 'Arn' ? arnOf(template, id) : `${id}.${attribute}`
}

function arnOf(template: SynthesizedTemplate, id: string): string {
  const { Type, Properties } = resourceOf(template, id)
  return arns[Type]?.(resolve(template, Properties)) ?? id
}

function resourceOf(template: SynthesizedTemplate, id: string): Resource {
  const found = template.Resources[id]
  if (!found) throw new Error(`resolving a template: no resource ${id}`)
  return found
}

/** The resources of a type, properties resolved. */
export function resourcesOf(template: SynthesizedTemplate, type: string): readonly Resource['Properties'][] {
  return Object.values(template.Resources)
    .filter(({ Type }) => Type === type)
    .map(({ Properties }) => resolve(template, Properties))
}
