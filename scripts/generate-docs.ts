import { mkdir, writeFile } from 'node:fs/promises'
import { configurationJsonSchema, configurationReference } from './configuration-reference.js'

const root = new URL('../', import.meta.url)

await mkdir(new URL('docs/', root), { recursive: true })
await mkdir(new URL('schema/', root), { recursive: true })
await writeFile(new URL('docs/configuration.md', root), configurationReference())
await writeFile(new URL('schema/trimtab.schema.json', root), configurationJsonSchema())
