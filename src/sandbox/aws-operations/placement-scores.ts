import { AwsError } from '../aws/aws-error.js'
import type { Operation } from '../aws/operation.js'
import { paginate } from '../aws/paginate.js'
import { instanceShapes } from '../world/instance-shapes.js'
import { numberOf, recordOf, textOf, textsOf } from './read-members.js'

/** Fewer types than this always score low, as EC2's reference says of one or two. */
const fewTypes = 3
const regions = ['us-east-1', 'eu-west-1']

/**
 * EC2's placement scores from 1 to 10: more types and less capacity score higher. Types or requirements, one of both,
 * as EC2 asks; the requirements stand for every type of the sandbox.
 */
export const getSpotPlacementScores: Operation = (input) => {
  const types = textsOf(input, 'InstanceTypes')
  const byAttributes = recordOf(input, 'InstanceRequirementsWithMetadata') !== undefined
  if ((types === undefined) === !byAttributes)
    throw new AwsError(
      byAttributes ? 'InvalidParameterCombination' : 'MissingParameter',
      'Specify either InstanceTypes or InstanceRequirementsWithMetadata',
    )
  const unknown = (types ?? []).filter((type) => !instanceShapes.has(type))
  if (unknown.length > 0) throw new AwsError('InvalidParameterValue', `Invalid instance types: [${unknown.join(', ')}]`)
  const capacity = numberOf(input, 'TargetCapacity') ?? 0
  if (capacity < 1) throw new AwsError('InvalidParameterValue', 'TargetCapacity must be at least 1')
  const limit = numberOf(input, 'MaxResults') ?? 1000
  if (limit < 10 || limit > 1000) throw new AwsError('InvalidParameterValue', 'MaxResults must be from 10 to 1000')

  const score = scoreOf(types?.length ?? instanceShapes.size, capacity)
  const asked = textsOf(input, 'RegionNames') ?? regions
  const places = asked
    .filter((region) => regions.includes(region))
    .flatMap((Region) =>
      input.SingleAvailabilityZone === true
        ? [1, 2, 3].map((zone) => ({
            Region,
            AvailabilityZoneId: `${zonePrefixes[Region]}-az${zone}`,
            Score: Math.max(1, score - 1),
          }))
        : [{ Region, Score: score }],
    )
  const page = paginate(places, { token: textOf(input, 'NextToken'), limit })
  return { SpotPlacementScores: page.items, NextToken: page.nextToken }
}

const zonePrefixes: Readonly<Record<string, string>> = { 'us-east-1': 'use1', 'eu-west-1': 'euw1' }

function scoreOf(types: number, capacity: number): number {
  if (types < fewTypes) return 2
  const crowded = Math.floor(Math.log10(capacity))
  return Math.min(9, Math.max(1, 4 + Math.floor(types / 3) - crowded))
}
