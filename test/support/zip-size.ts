import { readFileSync } from 'node:fs'
import { deflateRawSync } from 'node:zlib'

/** What an archive of some files takes: each deflated by itself, as a zip does, with a header for each. */
export function zipSize(files: readonly string[]): number {
  return files.reduce((sum, file) => sum + deflateRawSync(readFileSync(file)).length + 2 * (46 + file.length), 22)
}
