import { GetProductsCommand, type GetProductsCommandInput, PricingClient } from '@aws-sdk/client-pricing'
import type { Asking, ClientSettings } from '../client-settings.js'
import { nameEndpoint } from '../name-endpoint.js'

/** The Price List calls that Trimtab makes. */
export function connectPricing(settings: ClientSettings, asking: Asking) {
  const client = nameEndpoint(new PricingClient(settings))
  return {
    getProducts: (input: GetProductsCommandInput) =>
      asking('pricing:GetProducts', () => client.send(new GetProductsCommand(input))),
  }
}
