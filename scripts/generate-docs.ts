import { mkdir, writeFile } from 'node:fs/promises'
import { configurationJsonSchema, configurationReference } from '../src/config/configuration-reference.js'
import { documentSchemas } from './document-schemas.js'

const root = new URL('../', import.meta.url)

await mkdir(new URL('docs/', root), { recursive: true })
await mkdir(new URL('schema/cli/', root), { recursive: true })
await writeFile(new URL('docs/configuration.md', root), configurationReference())
await writeFile(new URL('schema/trimtab.schema.json', root), configurationJsonSchema())
for (const [command, text] of await documentSchemas()) {
  await writeFile(new URL(`schema/cli/${command}.schema.json`, root), text)
}
