import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { extract } from 'tar-stream'
import type { FileSet } from '../../core/model/code.js'

/** Larger files are no infrastructure code that a person edits. */
const fileLimit = 1024 * 1024

/**
 * The wanted text files of a repository's tarball, read as a stream: nothing is unpacked to disk and unwanted files
 * are skipped unread. The one top folder that GitHub adds is taken off; links and files over 1 MB are left out.
 */
export async function filesOfTarball(bytes: Uint8Array, wanted: (path: string) => boolean): Promise<FileSet> {
  const files = new Map<string, string>()
  const entries = extract()
  const pouring = pour(bytes, entries)
  for await (const entry of entries) {
    const path = entry.header.name.split('/').slice(1).join('/')
    const take =
      entry.header.type === 'file' &&
      (entry.header.size ?? fileLimit + 1) <= fileLimit &&
      isInside(path) &&
      wanted(path)
    if (take) files.set(path, (await collected(entry as unknown as AsyncIterable<Uint8Array>)).toString('utf8'))
    else entry.resume()
  }
  await pouring
  return files
}

function isInside(path: string): boolean {
  return path !== '' && !path.split('/').includes('..')
}

function pour(bytes: Uint8Array, entries: ReturnType<typeof extract>): Promise<void> {
  return new Promise((resolve, reject) => {
    const unzipped = Readable.from([bytes]).pipe(createGunzip())
    unzipped.on('error', (error) => entries.destroy(error))
    entries.on('error', reject)
    entries.on('finish', resolve)
    unzipped.pipe(entries)
  })
}

async function collected(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks)
}
