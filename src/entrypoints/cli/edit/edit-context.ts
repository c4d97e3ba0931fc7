import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { TrimtabError } from '../../../core/model/errors.js'
import { fileFault } from '../file-fault.js'

const scalars = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
const paths = z.array(z.string())

/** What a caller knows of a deployment; every absent key is unknown. Paths are below the repository's top folder. */
const editContext = z.strictObject({
  rootModule: z.string().exactOptional(),
  environment: z.string().exactOptional(),
  environments: z.array(z.string()).exactOptional(),
  workspace: z.string().exactOptional(),
  variables: scalars.exactOptional(),
  varFiles: paths.exactOptional(),
  template: z.string().exactOptional(),
  stackParameters: z.union([scalars, z.literal('unknown')]).exactOptional(),
  parameterFiles: paths.exactOptional(),
  region: z.string().exactOptional(),
  stack: z.string().exactOptional(),
  stackConfig: z.union([scalars, z.literal('unknown')]).exactOptional(),
  cdkContext: scalars.exactOptional(),
  policy: z.string().exactOptional(),
  schedule: z.string().exactOptional(),
  file: z.string().exactOptional(),
  object: z.string().exactOptional(),
  path: z.string().exactOptional(),
  generatedPaths: paths.exactOptional(),
})
export type EditContextFile = z.output<typeof editContext>

/** The context in a JSON file. Throws `usage` where it cannot be read or holds anything else. */
export async function readEditContext(file: string | undefined): Promise<EditContextFile> {
  if (file === undefined) return {}
  const doing = `reading ${file}`
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw fileFault(error, { code: 'usage', doing, done: 'read', remedy: 'name a JSON file with what is known' })
  })
  const parsed = editContext.safeParse(parsedJson(text, doing))
  if (parsed.success) return parsed.data
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}`)
  throw new TrimtabError('usage', `${doing}: ${faults.join('; ')}`)
}

function parsedJson(text: string, doing: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new TrimtabError('usage', `${doing}: expected JSON, got "${text.slice(0, 40)}"`)
  }
}
