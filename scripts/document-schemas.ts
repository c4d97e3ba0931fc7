import { readdir } from 'node:fs/promises'
import { z } from 'zod'

const folder = new URL('../src/entrypoints/cli/documents/', import.meta.url)

/** The texts of schema/cli by command: each file of src/entrypoints/cli/documents that exports `<command>Schema` has one. */
export async function documentSchemas(): Promise<ReadonlyMap<string, string>> {
  const commands = (await readdir(folder))
    .filter((name) => name !== 'document.ts')
    .map((name) => name.replace('.ts', ''))
  const texts = new Map<string, string>()
  for (const command of commands.sort()) {
    const exports = (await import(new URL(`${command}.ts`, folder).href)) as Readonly<Record<string, unknown>>
    const schema = exports[`${command}Schema`]
    if (!(schema instanceof z.ZodType)) throw new Error(`${command}.ts: expected an export ${command}Schema`)
    texts.set(command, textOf(command, schema))
  }
  return texts
}

function textOf(command: string, schema: z.ZodType): string {
  const document = z.toJSONSchema(schema, { target: 'draft-7', io: 'output' })
  return `${JSON.stringify({ title: `trimtab ${command} --json`, ...document }, null, 2)}\n`
}
