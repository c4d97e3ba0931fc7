import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { TrimtabError } from '../core/model/errors.js'
import { type PageName, pageNames } from '../core/proposal/page-names.js'

/** The pages' templates, from the folder `templates` beside package.json: the same from sources and when packed. */
export async function readTemplates(): Promise<Readonly<Record<PageName, string>>> {
  const folder = join(packageRoot(), 'templates')
  const read = async (name: PageName) => [name, await readFile(join(folder, `${name}.hbs`), 'utf8')] as const
  return Object.fromEntries(await Promise.all(pageNames.map(read))) as Record<PageName, string>
}

/** The folder of package.json above this file, wherever a bundler has put it. */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'package.json')) || !existsSync(join(folder, 'templates'))) {
    const above = dirname(folder)
    if (above === folder) throw new TrimtabError('internal', 'finding the templates: this package is not complete')
    folder = above
  }
  return folder
}
