import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(import.meta.dirname, '../../golden/cli')

/** What a person read and found right. UPDATE_GOLDENS=1 writes `text` anew, to be read again. */
export function golden(name: string, text: string): string {
  const path = join(folder, name)
  if (process.env.UPDATE_GOLDENS) writeFileSync(path, text)
  return readFileSync(path, 'utf8')
}
