import {
  CostExplorerClient,
  GetCostAndUsageCommand,
  type GetCostAndUsageCommandInput,
} from '@aws-sdk/client-cost-explorer'
import type { Asking, ClientSettings } from '../client-settings.js'
import { nameEndpoint } from '../name-endpoint.js'

/** The Cost Explorer calls that Trimtab makes; each request page costs $0.01. */
export function connectCostExplorer(settings: ClientSettings, asking: Asking) {
  const client = nameEndpoint(new CostExplorerClient(settings))
  return {
    getCostAndUsage: (input: GetCostAndUsageCommandInput) =>
      asking('ce:GetCostAndUsage', () => client.send(new GetCostAndUsageCommand(input))),
  }
}
