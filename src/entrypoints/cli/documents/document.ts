import { z } from 'zod'

/** The document that a schema describes, as code reads it. */
export type DocumentOf<S extends z.ZodType> = DeepReadonly<z.infer<S>>

type DeepReadonly<T> = T extends readonly (infer E)[]
  ? readonly DeepReadonly<E>[]
  : T extends object
    ? { readonly [K in keyof T]: DeepReadonly<T[K]> }
    : T

export const groupKey = z.string().describe('account/region/name of the Auto Scaling group')
export const time = z.iso.datetime().describe('UTC')
export const usdPerMonth = z.number().describe('dollars a month of 730 hours')

const fault = z.strictObject({
  scope: z.string().describe('the group, region or account that it concerns'),
  code: z.string(),
  message: z.string().describe('what was done, what was met and the way out'),
})
export type FaultRow = DocumentOf<typeof fault>

/** What was met on the way; the rest of the document is still what could be found. */
export const faults = z.array(fault).describe('groups or regions that failed')

/** Only the keys that change, before or after. */
export const settings = z
  .strictObject({
    instanceType: z.string().exactOptional(),
    minSize: z.number().exactOptional(),
    desiredCapacity: z.number().exactOptional(),
    maxSize: z.number().exactOptional(),
    targetValue: z.number().exactOptional().describe('CPU target of the scaling policy, percent'),
    spotMix: z
      .strictObject({
        onDemandBaseCapacity: z.number(),
        onDemandPercentageAboveBaseCapacity: z.number(),
        spotAllocationStrategy: z.string(),
        overrides: z.array(z.string()),
      })
      .exactOptional(),
    schedule: z.string().exactOptional(),
  })
  .describe('only the keys that change')

/** The environment that was asked for. */
export const askedEnvironment = z.string().nullable().describe('null where groups were asked for by name')

/** Rounded for a document, without leaving `-0`. */
export function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits)) + 0
}
