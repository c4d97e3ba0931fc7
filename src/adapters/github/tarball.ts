import { Readable, Transform } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { extract } from 'tar-stream'
import type { FileSet } from '../../core/model/code.js'
import { TrimtabError } from '../../core/model/errors.js'

/** What one repository may cost: a tarball of a few megabytes can unpack to terabytes. */
export interface TarballLimits {
  /** Bytes of the whole archive, unpacked. */
  readonly unpacked: number
  readonly entries: number
  /** Bytes of all wanted files together. */
  readonly kept: number
}

/** Larger files are no infrastructure code that a person edits. */
const fileLimit = 1024 * 1024
const usualLimits: TarballLimits = { unpacked: 4 * 1024 ** 3, entries: 1_000_000, kept: 128 * 1024 ** 2 }

/**
 * The wanted text files of a repository's tarball, read as a stream: nothing is unpacked to disk and unwanted files
 * are skipped unread. The one top folder that GitHub adds is taken off; links, files over 1 MB and paths that are not
 * plainly inside are left out. Throws `unsupported` for an archive over its limits.
 */
export async function filesOfTarball(
  bytes: Uint8Array,
  wanted: (path: string) => boolean,
  limits: Partial<TarballLimits> = {},
): Promise<FileSet> {
  const most = { ...usualLimits, ...limits }
  const files = new Map<string, string>()
  const entries = extract()
  const pouring = pour(bytes, entries, most.unpacked)
  // Both this and the loop below fail for one broken archive; the loop's failure is the one that is reported.
  pouring.catch(() => undefined)
  let seen = 0
  let kept = 0
  for await (const entry of entries) {
    seen += 1
    if (seen > most.entries) throw tooMuch(`holds more than ${most.entries} files`)
    const path = pathInside(entry.header.name)
    const size = entry.header.size ?? fileLimit + 1
    if (entry.header.type !== 'file' || path === undefined || size > fileLimit || !wanted(path)) {
      entry.resume()
      continue
    }
    kept += size
    if (kept > most.kept) throw tooMuch(`holds more than ${most.kept} bytes of infrastructure code`)
    files.set(path, (await collected(entry as unknown as AsyncIterable<Uint8Array>)).toString('utf8'))
  }
  await pouring
  return files
}

/** The path below the top folder; undefined for one that could mean another place. */
function pathInside(name: string): string | undefined {
  const [top, ...parts] = name.split('/')
  const plain = parts.every((part) => part !== '' && part !== '.' && part !== '..' && !/[\\\0]/.test(part))
  return top !== '' && parts.length > 0 && plain ? parts.join('/') : undefined
}

function tooMuch(what: string): TrimtabError {
  return new TrimtabError('unsupported', `reading a repository's archive: it ${what}; it is not worked on`)
}

function pour(bytes: Uint8Array, entries: ReturnType<typeof extract>, limit: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => {
      source.destroy()
      unzipped.destroy()
      counted.destroy()
      entries.destroy(error)
      reject(error)
    }
    const source = Readable.from([bytes])
    const unzipped = createGunzip().on('error', fail)
    const counted = countedUpTo(limit).on('error', fail)
    entries.on('error', fail)
    entries.on('close', resolve)
    source.pipe(unzipped).pipe(counted).pipe(entries)
  })
}

/** Passes everything on, and fails at the byte after `limit`. */
function countedUpTo(limit: number): Transform {
  let bytes = 0
  return new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      bytes += chunk.length
      if (bytes > limit) done(tooMuch(`unpacks to more than ${limit} bytes`))
      else done(null, chunk)
    },
  })
}

async function collected(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks)
}
