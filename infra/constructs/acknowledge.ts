import { Stack, Validations } from 'aws-cdk-lib'
import type { IConstruct } from 'constructs'

/**
 * Tells cdk-nag, where a user runs it, why a finding is meant. Each finding is acknowledged by itself: a new wildcard
 * is a new finding.
 */
export function acknowledge(scope: IConstruct, id: string, reason: string): void {
  Validations.of(scope).acknowledge({ id, reason })
}

/** Acknowledges wildcards in resources of a policy below `scope`. */
export function acknowledgeResources(scope: IConstruct, resources: readonly string[], reason: string): void {
  for (const resource of resources)
    acknowledge(scope, `AwsSolutions-IAM5[Resource::${flattened(Stack.of(scope).resolve(resource))}]`, reason)
}

/** An ARN as cdk-nag writes it: references in angle brackets. */
function flattened(value: unknown): string {
  if (typeof value === 'string') return value
  const { Ref, ...rest } = value as { readonly Ref?: string }
  if (Ref !== undefined) return `<${Ref}>`
  const functions = rest as {
    readonly 'Fn::Join'?: readonly [string, readonly unknown[]]
    readonly 'Fn::GetAtt'?: readonly string[]
  }
  if (functions['Fn::GetAtt']) return `<${functions['Fn::GetAtt'].join('.')}>`
  const [delimiter, parts] = functions['Fn::Join'] ?? ['', []]
  return parts.map(flattened).join(delimiter)
}
