import { type CollectionTag, parse, type ScalarTag } from 'yaml'
import { type DeployedGroup, deployedGroup } from './deployed-group.js'

type Json = Readonly<Record<string, unknown>>

const scalarTag = (tag: string): ScalarTag => ({ tag, resolve: (text) => ({ [tag.slice(1)]: text }) })

function listTag(tag: string): CollectionTag {
  return {
    tag,
    collection: 'seq',
    resolve: (node) => ({ [tag.slice(1)]: node }) as never,
  }
}

const tags = [scalarTag('!Ref'), scalarTag('!Sub'), scalarTag('!GetAtt'), listTag('!Select'), listTag('!Join')]

/** The groups that these templates make with the default of every parameter. */
export function cloudFormationGroups(files: ReadonlyMap<string, string>): readonly DeployedGroup[] {
  return [...files]
    .filter(([path, text]) => /\.ya?ml$/.test(path) && text.includes('AWS::AutoScaling::AutoScalingGroup'))
    .flatMap(([path, text]) => groupsOf(path, text))
}

function groupsOf(path: string, text: string): readonly DeployedGroup[] {
  const template = parse(text, { customTags: tags, logLevel: 'silent' }) as Json
  const resources = (template.Resources ?? {}) as Readonly<Record<string, Json>>
  const parameters = (template.Parameters ?? {}) as Readonly<Record<string, Json>>
  const resolve = (value: unknown): unknown => {
    const reference = (value as Json | undefined)?.Ref
    return typeof reference === 'string' ? (parameters[reference]?.Default ?? reference) : value
  }
  return Object.entries(resources)
    .filter(([, resource]) => resource.Type === 'AWS::AutoScaling::AutoScalingGroup')
    .map(([logicalId, resource]) => groupOf(path, logicalId, resource.Properties as Json, resources, resolve))
}

function groupOf(
  path: string,
  logicalId: string,
  properties: Json,
  resources: Readonly<Record<string, Json>>,
  resolve: (value: unknown) => unknown,
): DeployedGroup {
  const launch = properties.LaunchTemplate as Json | undefined
  const template = resources[String((launch?.LaunchTemplateId as Json | undefined)?.Ref)]?.Properties as
    | Json
    | undefined
  const data = template?.LaunchTemplateData as Json | undefined
  return deployedGroup(String(resolve(properties.AutoScalingGroupName) ?? logicalId), path, {
    minSize: resolve(properties.MinSize),
    maxSize: resolve(properties.MaxSize),
    desiredCapacity: resolve(properties.DesiredCapacity),
    instanceType: resolve(data?.InstanceType),
  })
}
