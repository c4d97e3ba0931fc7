import { AwsError } from '../aws/aws-error.js'
import type { Operations } from '../aws/operation.js'
import { paginate } from '../aws/paginate.js'
import { seedOf } from '../demand/random-at.js'
import { hexAt } from '../world/identifiers.js'
import { type InstanceShape, instanceShapes, priceListDate } from '../world/instance-shapes.js'
import { numberOf, recordsOf, textOf } from './read-members.js'

/** The price list service: on-demand Linux prices of us-east-1, each product a JSON text as AWS gives it. */
export function pricingOperations(): Operations {
  return {
    'pricing:GetProducts': (input) => {
      const code = textOf(input, 'ServiceCode') ?? ''
      if (code !== 'AmazonEC2') throw new AwsError('NotFoundException', `Service code ${code} is not found`)
      const filters = recordsOf(input, 'Filters').map(
        (filter) => [textOf(filter, 'Field') ?? '', textOf(filter, 'Value') ?? ''] as const,
      )
      const found = [...instanceShapes.values()].filter((shape) => {
        const attributes: Readonly<Record<string, string>> = attributesOf(shape)
        return filters.every(
          ([field, value]) => attributes[field] === value || (field === 'ServiceCode' && value === code),
        )
      })
      const page = paginate(found, { token: textOf(input, 'NextToken'), limit: numberOf(input, 'MaxResults') ?? 100 })
      return {
        FormatVersion: 'aws_v1',
        PriceList: page.items.map((shape) => JSON.stringify(productOf(shape))),
        NextToken: page.nextToken,
      }
    },
  }
}

function attributesOf(shape: InstanceShape) {
  return {
    servicecode: 'AmazonEC2',
    servicename: 'Amazon Elastic Compute Cloud',
    location: 'US East (N. Virginia)',
    locationType: 'AWS Region',
    regionCode: 'us-east-1',
    instanceType: shape.name,
    currentGeneration: shape.currentGeneration ? 'Yes' : 'No',
    vcpu: String(shape.vcpus),
    memory: `${shape.memoryGiB} GiB`,
    networkPerformance: `Up to ${shape.networkPeakGbps} Gigabit`,
    storage: 'EBS only',
    operatingSystem: 'Linux',
    tenancy: 'Shared',
    preInstalledSw: 'NA',
    licenseModel: 'No License required',
    capacitystatus: 'Used',
    marketoption: 'OnDemand',
    operation: 'RunInstances',
    usagetype: `BoxUsage:${shape.name}`,
  }
}

function productOf(shape: InstanceShape) {
  const sku = hexAt(seedOf(9, shape.name), 14, 0, 16).toUpperCase()
  const term = `${sku}.JRTCKXETXF`
  const rate = `${term}.6YS6EN2CT7`
  return {
    product: { productFamily: 'Compute Instance', attributes: attributesOf(shape), sku },
    serviceCode: 'AmazonEC2',
    terms: {
      OnDemand: {
        [term]: {
          priceDimensions: {
            [rate]: {
              unit: 'Hrs',
              beginRange: '0',
              endRange: 'Inf',
              description: `$${shape.usdPerHour} per On Demand Linux ${shape.name} Instance Hour`,
              appliesTo: [],
              rateCode: rate,
              pricePerUnit: { USD: shape.usdPerHour.toFixed(10) },
            },
          },
          sku,
          effectiveDate: `${priceListDate.slice(0, 8)}01T00:00:00Z`,
          offerTermCode: 'JRTCKXETXF',
          termAttributes: {},
        },
      },
    },
    version: `${priceListDate.replaceAll('-', '')}000000`,
    publicationDate: `${priceListDate}T00:00:00Z`,
  }
}
