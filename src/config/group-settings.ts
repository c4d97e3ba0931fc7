import { z } from 'zod'
import { mode } from './environment-settings.js'

const filePath = z.string().min(1).max(500)
const scalarByName = z.record(z.string().min(1).max(255), z.union([z.string().max(4096), z.number(), z.boolean()]))

const deployedWith = z.strictObject({
  environments: z.array(z.string().min(1).max(64)).min(1).max(50).exactOptional().meta({
    description: 'Every environment that this code is deployed to, by the names that the code uses.',
  }),
  workspace: z.string().min(1).max(90).exactOptional().meta({ description: 'Terraform workspace.' }),
  varFiles: z.array(filePath).max(20).exactOptional().meta({
    description: 'Terraform variable files in the order in which they are passed; an empty list where none is.',
  }),
  variables: scalarByName.exactOptional().meta({ description: 'Values that are passed to variables by name.' }),
  parameterFiles: z.array(filePath).max(20).exactOptional().meta({
    description: 'CloudFormation parameter files that the deployment uses; an empty list where it uses none.',
  }),
  stack: z.string().min(1).max(128).exactOptional().meta({ description: 'Pulumi stack.' }),
  cdkContext: scalarByName.exactOptional().meta({ description: 'Context that is passed to CDK with -c.' }),
})

const placeOf = (words: string) =>
  z
    .string()
    .min(1)
    .max(500)
    .exactOptional()
    .meta({ description: `Place of ${words} in the file.` })

const values = z.strictObject({
  minSize: placeOf('the minimum'),
  maxSize: placeOf('the maximum'),
  desiredCapacity: placeOf('desired capacity'),
  instanceType: placeOf('the instance type'),
  targetValue: placeOf("the tracking policy's target"),
})

/** Settings of one group in `.github/trimtab.yml`. */
export const groupSettings = z.strictObject({
  path: filePath.optional().meta({
    description: 'File or folder that defines the group, or file of values, from the repository root.',
  }),
  address: z.string().min(1).max(500).optional().meta({
    description: 'Terraform address or CloudFormation logical id of the group, where it is not found by itself.',
  }),
  deployedWith: deployedWith.optional().meta({
    description: 'How the code is deployed, as far as it cannot be told from the code and the account.',
  }),
  values: values.optional().meta({
    description:
      'Where the values stand in a file of plain values at `path`: the language of places is in docs/iac.md.',
  }),
  environment: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, 'a name of letters, digits, - and _')
    .optional()
    .meta({ description: 'Environment of the group; wins over its Environment tag.' }),
  mode: mode.optional().meta({ description: 'Mode of this group; the deployment and killSwitch still bound it.' }),
  criticality: z
    .enum(['normal', 'high'])
    .optional()
    .meta({ description: 'With high, sizing is at least as careful as in production, in any environment.' }),
  faultTolerant: z
    .boolean()
    .optional()
    .meta({ description: 'Whether this workload stands interruptions; opens it to spot advice.' }),
  promoteFrom: z.string().min(1).max(255).optional().meta({
    description:
      'Staging group whose verified change comes before that of this group; unless set, the group of the same name with staging for production.',
  }),
  pin: z.boolean().optional().meta({ description: 'With true, advice is recorded but never proposed or applied.' }),
  ignore: z.boolean().optional().meta({ description: 'With true, there is no advice for this group.' }),
})

export type GroupSettings = z.output<typeof groupSettings>
