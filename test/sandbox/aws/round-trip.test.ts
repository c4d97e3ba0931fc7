import {
  JsonShapeDeserializer,
  JsonShapeSerializer,
  QueryShapeSerializer,
  XmlShapeDeserializer,
} from '@aws-sdk/core/protocols'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { findSchemas, type OperationSchemas } from '../../../src/sandbox/aws/find-schemas.js'
import { readFormInput } from '../../../src/sandbox/aws/read-form-input.js'
import { parseJsonBody, readJsonInput } from '../../../src/sandbox/aws/read-json-input.js'
import { wireServices } from '../../../src/sandbox/aws/wire-services.js'
import { writeReply } from '../../../src/sandbox/aws/write-reply.js'
import { arbitraryShape } from './arbitrary-shape.js'

const ISO_8601 = 5
const EPOCH_SECONDS = 7
const RUNS = { numRuns: 40, seed: 20261123 }

const operations = [
  'autoscaling:CreateAutoScalingGroup',
  'autoscaling:DescribeAutoScalingGroups',
  'autoscaling:DescribePolicies',
  'autoscaling:PutScalingPolicy',
  'cloudformation:DescribeStacks',
  'cloudwatch:GetMetricData',
  'cloudwatch:PutMetricData',
  'cloudwatch:DescribeAlarms',
  'ec2:DescribeInstances',
  'ec2:DescribeInstanceTypes',
  'ec2:DescribeLaunchTemplateVersions',
  'ec2:DescribeSpotPriceHistory',
  'ec2:GetSpotPlacementScores',
  'elasticloadbalancing:DescribeTargetGroups',
  'elasticloadbalancing:DescribeTargetHealth',
  'sns:Publish',
  'sns:GetTopicAttributes',
  'sts:AssumeRole',
  'ce:GetCostAndUsage',
  'ce:GetCostForecast',
  'pricing:GetProducts',
]

async function described(key: string) {
  const [name, operation = ''] = key.split(':')
  const service = wireServices.find((candidate) => candidate.name === name)
  const schemas = service === undefined ? undefined : await findSchemas(service, operation)
  if (service === undefined || schemas === undefined) throw new Error(`no schemas for ${key}`)
  return { service, schemas, operation }
}

function valuesOf(schema: OperationSchemas['input']): fc.Arbitrary<unknown> {
  return arbitraryShape(schema, 5) ?? fc.constant({})
}

const xmlSettings = {
  timestampFormat: { useTrait: true, default: ISO_8601 } as const,
  xmlNamespace: '',
  serviceNamespace: '',
  httpBindings: false,
}
const jsonSettings = { timestampFormat: { useTrait: true, default: EPOCH_SECONDS } as const, jsonName: false }

describe.each(operations)('%s', (key) => {
  test('what the SDK writes is what the operation reads', async () => {
    const { service, schemas } = await described(key)
    await fc.assert(
      fc.asyncProperty(valuesOf(schemas.input), async (input) => {
        if (service.xml !== undefined) {
          const isEc2 = service.xml.protocol === 'ec2'
          const ec2 = { capitalizeKeys: true, flattenLists: true, serializeEmptyLists: false, ec2: true }
          const serializer = new QueryShapeSerializer({
            ...xmlSettings,
            serializeEmptyLists: true,
            ...(isEc2 ? ec2 : {}),
          })
          serializer.write(schemas.input, input)
          const form = new URLSearchParams(String(serializer.flush()))
          expect(readFormInput(form, schemas.input, service.xml.protocol)).toEqual(input)
        }
        if (service.json !== undefined) {
          const serializer = new JsonShapeSerializer(jsonSettings)
          serializer.write(schemas.input, input)
          expect(readJsonInput(parseJsonBody(serializer.flush()), schemas.input)).toEqual(input)
        }
      }),
      RUNS,
    )
  })

  test('what the operation answers is what the SDK reads', async () => {
    const { service, schemas, operation } = await described(key)
    const call = { service, operation, form: undefined, scope: undefined }
    await fc.assert(
      fc.asyncProperty(valuesOf(schemas.output), async (output) => {
        if (service.xml !== undefined) {
          const protocol = service.xml.protocol
          const reply = writeReply({ ...call, protocol }, schemas, output, 'id')
          const bytes = new TextEncoder().encode(String(reply.body))
          const root = protocol === 'ec2' ? undefined : `${operation}Result`
          const read: unknown = new XmlShapeDeserializer(xmlSettings).read(schemas.output, bytes, root)
          expect(read ?? {}).toEqual(output)
        }
        if (service.json !== undefined) {
          const reply = writeReply({ ...call, protocol: 'json' }, schemas, output, 'id')
          const read = await new JsonShapeDeserializer(jsonSettings).read(schemas.output, String(reply.body))
          expect(JSON.parse(JSON.stringify(read))).toEqual(JSON.parse(JSON.stringify(output)))
        }
      }),
      RUNS,
    )
  })
})
