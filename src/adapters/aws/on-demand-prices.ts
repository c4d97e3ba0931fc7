import type { Price } from '../../core/model/instance-type.js'
import { listIn } from './answers.js'
import type { AwsClients } from './clients.js'
import { itemsOf, pagesOf } from './pages.js'

const call = 'pricing:GetProducts'

/** What narrows the price list to plain Linux on shared hardware; a region has about a thousand such products. */
const filters: Readonly<Record<string, string>> = {
  operatingSystem: 'Linux',
  tenancy: 'Shared',
  preInstalledSw: 'NA',
  capacitystatus: 'Used',
}

/** A product of the price list as far as we read it. */
interface Product {
  readonly product?: { readonly attributes?: Readonly<Record<string, string>> }
  readonly publicationDate?: string
  readonly terms?: { readonly OnDemand?: Readonly<Record<string, Term>> }
}

interface Term {
  readonly effectiveDate?: string
  readonly priceDimensions?: Readonly<
    Record<string, { readonly unit?: string; readonly pricePerUnit?: Readonly<Record<string, string>> }>
  >
}

/** On-demand prices of a region, or of the named types, by type. A product without a price above zero has none. */
export async function readOnDemandPrices(
  clients: AwsClients,
  region: string,
  types?: readonly string[],
): Promise<ReadonlyMap<string, Price>> {
  const wanted = types ?? [undefined]
  const prices = new Map<string, Price>()
  for (const type of wanted) {
    for (const item of await readProducts(clients, region, type)) {
      const priced = pricedType(item, region)
      if (priced) prices.set(priced.name, priced.price)
    }
  }
  return prices
}

async function readProducts(clients: AwsClients, region: string, type?: string): Promise<readonly unknown[]> {
  const pricing = await clients.pricing()
  const narrowed = { ...filters, regionCode: region, ...(type === undefined ? {} : { instanceType: type }) }
  const pages = pagesOf(
    call,
    (token) =>
      pricing.getProducts({
        ServiceCode: 'AmazonEC2',
        FormatVersion: 'aws_v1',
        MaxResults: 100,
        NextToken: token,
        Filters: Object.entries(narrowed).map(([Field, Value]) => ({ Type: 'TERM_MATCH', Field, Value })),
      }),
    (page) => page.NextToken,
  )
  return itemsOf(pages, (page) => listIn(call, page, 'PriceList'))
}

/** Filters are checked here too; a product that cannot be read is no price. */
function pricedType(item: unknown, region: string): { readonly name: string; readonly price: Price } | undefined {
  const product = parsed(item)
  const attributes = product?.product?.attributes ?? {}
  const name = attributes.instanceType
  if (product === undefined || name === undefined || attributes.regionCode !== region) return undefined
  if (Object.entries(filters).some(([key, value]) => attributes[key] !== value)) return undefined
  if ((attributes.marketoption ?? 'OnDemand') !== 'OnDemand') return undefined
  for (const term of Object.values(product.terms?.OnDemand ?? {})) {
    const usdPerHour = hourlyUsd(term)
    const asOf = (product.publicationDate ?? term.effectiveDate)?.slice(0, 10)
    if (usdPerHour !== undefined && asOf !== undefined) {
      return { name, price: { usdPerHour, source: 'AWS Price List API', asOf } }
    }
  }
  return undefined
}

function hourlyUsd(term: Term): number | undefined {
  const hourly = Object.values(term.priceDimensions ?? {}).find((dimension) =>
    /^h(ou)?rs?$/i.test(dimension.unit ?? ''),
  )
  const usd = Number(hourly?.pricePerUnit?.USD)
  return Number.isFinite(usd) && usd > 0 ? usd : undefined
}

/** The SDK gives each product as a String object that holds JSON. */
function parsed(item: unknown): Product | undefined {
  try {
    const product: unknown = JSON.parse(String(item))
    return typeof product === 'object' && product !== null ? (product as Product) : undefined
  } catch {
    return undefined
  }
}
