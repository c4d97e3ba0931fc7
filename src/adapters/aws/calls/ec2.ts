import {
  DescribeImagesCommand,
  type DescribeImagesCommandInput,
  DescribeInstanceTypesCommand,
  type DescribeInstanceTypesCommandInput,
  DescribeLaunchTemplateVersionsCommand,
  type DescribeLaunchTemplateVersionsCommandInput,
  DescribeSpotPriceHistoryCommand,
  type DescribeSpotPriceHistoryCommandInput,
  EC2Client,
  GetSpotPlacementScoresCommand,
  type GetSpotPlacementScoresCommandInput,
} from '@aws-sdk/client-ec2'
import type { Asking, ClientSettings } from '../client-settings.js'
import { nameEndpoint } from '../name-endpoint.js'

/** The EC2 calls that Trimtab makes. */
export function connectEc2(settings: ClientSettings, asking: Asking) {
  const client = nameEndpoint(new EC2Client(settings))
  return {
    describeInstanceTypes: (input: DescribeInstanceTypesCommandInput) =>
      asking('ec2:DescribeInstanceTypes', () => client.send(new DescribeInstanceTypesCommand(input))),
    describeLaunchTemplateVersions: (input: DescribeLaunchTemplateVersionsCommandInput) =>
      asking('ec2:DescribeLaunchTemplateVersions', () => client.send(new DescribeLaunchTemplateVersionsCommand(input))),
    describeImages: (input: DescribeImagesCommandInput) =>
      asking('ec2:DescribeImages', () => client.send(new DescribeImagesCommand(input))),
    describeSpotPriceHistory: (input: DescribeSpotPriceHistoryCommandInput) =>
      asking('ec2:DescribeSpotPriceHistory', () => client.send(new DescribeSpotPriceHistoryCommand(input))),
    getSpotPlacementScores: (input: GetSpotPlacementScoresCommandInput) =>
      asking('ec2:GetSpotPlacementScores', () => client.send(new GetSpotPlacementScoresCommand(input))),
  }
}
